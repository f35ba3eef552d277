/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.ghosts.Storm.Replies;
import dev.holdfast.lab.ghosts.Storm.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StormTests {

	private static final Reply OK = new Reply(200, false, Duration.ofMillis(52));

	private static final Work ALL_CANCELLED = new Work(101, 1, 100, 0, 0);

	@Test
	void stormIsOverWhenQueriesAndCallsAre() {
		assertThat(result(0.2, 0.3, ALL_CANCELLED).over()).isEqualTo(0.3);
		assertThat(result(-1, 0.3, ALL_CANCELLED).over()).isInfinite();
		assertThat(result(0.2, -1, ALL_CANCELLED).over()).isInfinite();
	}

	@Test
	void onlyWhoeverWaitedMayBeServed() {
		assertThat(result(0, 0, ALL_CANCELLED).isCancelled()).isTrue();
		assertThat(result(0, 0, new Work(101, 2, 99, 0, 0)).isCancelled()).isFalse();
		assertThat(result(0, 0, new Work(101, 1, 99, 1, 0)).isCancelled()).isFalse();
		assertThat(result(0, 0, new Work(101, 1, 99, 0, 1)).isCancelled()).isFalse();
		assertThat(result(0, 0, new Work(100, 0, 100, 0, 0)).isCancelled()).isFalse();
	}

	@Test
	void callThatFailedIsNoServiceWhateverItsStatus() {
		Reply failed = new Reply(200, true, Duration.ofMillis(1700));
		assertThat(failed.isOk()).isFalse();
		assertThat(new Replies(OK, failed).areOk()).isFalse();
		assertThat(new Replies(OK, failed).slowestMillis()).isEqualTo(1700);
		assertThat(failed).hasToString("200 (call failed) in 1.7 s");
		assertThat(OK).hasToString("200 in 52 ms");
		assertThat(new Reply(0, false, Duration.ofSeconds(4))).hasToString("none in 4.0 s");
	}

	@Test
	void showsMedianAndWorstOrForHowLongWorkWasSeen() {
		assertThat(StormPart.seconds(List.of(0.25), List.of(1.0))).isEqualTo("0.25 s");
		assertThat(StormPart.seconds(List.of(0.2, 0.4, 0.3), List.of(1.0, 1.0, 1.0)))
			.isEqualTo("0.30 s (worst 0.40 s)");
		assertThat(StormPart.seconds(List.of(0.2, -1.0), List.of(8.0, 45.0))).isEqualTo("> 45 s");
	}

	@Test
	void showsTheFirstReplyThatIsNotGood() {
		assertThat(StormPart.replies(List.of(OK, OK))).isEqualTo("200 in 52 ms (worst 52 ms)");
		assertThat(StormPart.replies(List.of(OK, new Reply(503, false, Duration.ofMillis(7)))))
			.isEqualTo("503 in 7 ms");
	}

	private static Result result(double queriesOver, double callsOver, Work work) {
		return new Result(200, queriesOver, callsOver, Duration.ofSeconds(1), new Replies(OK, OK), work, ALL_CANCELLED,
				1);
	}

}
