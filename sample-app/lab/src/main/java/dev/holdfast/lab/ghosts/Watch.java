/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again whether work goes on: in the database, and in the application.
 */
final class Watch {

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final Specimen specimen;

	private final long begin = System.nanoTime();

	private final Quiet queries = new Quiet();

	private final Quiet calls = new Quiet();

	private Watch(Specimen specimen) {
		this.specimen = specimen;
	}

	/**
	 * Begins now.
	 * @param specimen what to look at
	 * @return the watch
	 */
	static Watch begin(Specimen specimen) {
		return new Watch(specimen);
	}

	/**
	 * Looks until a time is over.
	 * @param end time since the beginning
	 * @throws SQLException if the database cannot be asked
	 */
	void until(Duration end) throws SQLException {
		while (elapsed().compareTo(end) < 0) {
			look(0, 0);
		}
	}

	/**
	 * Looks until somebody who waits has an answer to both requests.
	 * @param query one for a statement, which is no ghost
	 * @param call one for a call, which is none either
	 * @throws SQLException if the database cannot be asked
	 */
	void during(Future<?> query, Future<?> call) throws SQLException {
		while (!query.isDone() || !call.isDone()) {
			look(query.isDone() ? 0 : 1, call.isDone() ? 0 : 1);
		}
	}

	/**
	 * Looks until all is over, but at least once.
	 * @param limit longest time since the beginning
	 * @throws SQLException if the database cannot be asked
	 */
	void untilOver(Duration limit) throws SQLException {
		do {
			look(0, 0);
		}
		while ((this.queries.since() < 0 || this.calls.since() < 0) && elapsed().compareTo(limit) < 0);
	}

	private void look(long awaitedQueries, long awaitedCalls) throws SQLException {
		long statements = this.specimen.statements();
		String outcomes = this.specimen.outcomes();
		double now = elapsed().toNanos() / 1e9;
		long queries = Math.max(statements, Work.parse(outcomes, "query").running());
		this.queries.see(queries <= awaitedQueries, now);
		this.calls.see(Work.parse(outcomes, "upstream").running() <= awaitedCalls, now);
		LockSupport.parkNanos(PAUSE_NANOS);
	}

	Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.begin);
	}

	/**
	 * When statements, and those who wait for a connection, were over.
	 * @return seconds since the beginning, negative if they go on
	 */
	double queriesOver() {
		return this.queries.since();
	}

	/**
	 * When calls of the upstream were over.
	 * @return seconds since the beginning, negative if they go on
	 */
	double callsOver() {
		return this.calls.since();
	}

	/**
	 * Since when nothing was seen.
	 */
	static final class Quiet {

		private double since = -1;

		void see(boolean quiet, double seconds) {
			if (!quiet) {
				this.since = -1;
			}
			else if (this.since < 0) {
				this.since = seconds;
			}
		}

		double since() {
			return this.since;
		}

	}

}
