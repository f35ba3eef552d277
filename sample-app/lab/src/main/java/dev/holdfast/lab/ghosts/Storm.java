/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lab.scenario.IdleTicker;

/**
 * A crowd asks for slow things and leaves; then somebody asks who waits for the answer.
 *
 * @param patience how long that one waits
 * @param limit how long to look at what goes on
 */
record Storm(Duration patience, Duration limit) {

	static final int CLIENTS = 200;

	/** How long the crowd stays. */
	static final Duration STAY = Duration.ofMillis(300);

	/** What {@code holdfast.disconnect.detect-after} is by default, and 100 ms. */
	static final Duration PROMISE = Duration.ofMillis(600);

	static final String QUERY = "/demo/query?ms=50";

	static final String CALL = "/demo/upstream/ok";

	private static final List<String> SLOW = List.of("/demo/query?ms=5000", "/demo/upstream/silent");

	Result play(Specimen specimen) throws IOException, SQLException, InterruptedException {
		String before = specimen.outcomes();
		try (IdleTicker ticker = IdleTicker.start(); Crowd crowd = specimen.crowd(CLIENTS)) {
			crowd.ask(SLOW);
			long asked = System.nanoTime();
			Thread.sleep(STAY.toMillis() / 2);
			String atHangUp = specimen.outcomes();
			TimeUnit.NANOSECONDS.sleep(asked + STAY.toNanos() - System.nanoTime());
			crowd.leave();
			Watch watch = Watch.begin(specimen);
			watch.until(PROMISE);
			CompletableFuture<Reply> query = specimen.ask(QUERY, this.patience);
			CompletableFuture<Reply> call = specimen.ask(CALL, this.patience);
			watch.during(query, call);
			Replies replies = new Replies(query.join(), call.join());
			watch.untilOver(this.limit);
			String after = specimen.outcomes();
			return new Result(Work.parse(atHangUp, "query").running() + Work.parse(atHangUp, "upstream").running(),
					watch.queriesOver(), watch.callsOver(), watch.elapsed(), replies,
					Work.parse(after, "query").since(Work.parse(before, "query")),
					Work.parse(after, "upstream").since(Work.parse(before, "upstream")), ticker.lateMillis());
		}
	}

	/**
	 * What somebody got who waited.
	 *
	 * @param query for a statement of 50 ms
	 * @param call for a call of an upstream that answers at once
	 */
	record Replies(Reply query, Reply call) {

		boolean areOk() {
			return this.query.isOk() && this.call.isOk();
		}

		double slowestMillis() {
			return Math.max(this.query.millis(), this.call.millis());
		}

	}

	/**
	 * What was seen.
	 *
	 * @param running requests that were worked on when the crowd left
	 * @param queriesOver seconds until no statement ran and nobody waited for a
	 * connection, negative if that did not happen
	 * @param callsOver seconds until no call ran, negative if that did not happen
	 * @param seen how long was looked
	 * @param replies what somebody got who asked after {@link #PROMISE}
	 * @param queries what became of the statements, with the one of somebody who waited
	 * @param calls what became of the calls, with the one of somebody who waited
	 * @param lateMillis how late a thread was that did nothing
	 */
	record Result(long running, double queriesOver, double callsOver, Duration seen, Replies replies, Work queries,
			Work calls, double lateMillis) {

		/**
		 * When all was over.
		 * @return seconds, infinite if something went on
		 */
		double over() {
			return (this.queriesOver < 0 || this.callsOver < 0) ? Double.POSITIVE_INFINITY
					: Math.max(this.queriesOver, this.callsOver);
		}

		/**
		 * Whether every request of the crowd was ended from outside, and only those.
		 * @return {@code true} if all but the two of somebody who waited are cancelled
		 */
		boolean isCancelled() {
			return isCancelled(this.queries) && isCancelled(this.calls);
		}

		private static boolean isCancelled(Work work) {
			return work.completed() == 1 && work.failed() == 0 && work.running() == 0
					&& work.cancelled() == work.started() - 1;
		}

	}

}
