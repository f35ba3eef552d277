/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OutcomesTests {

	private final Outcomes outcomes = new Outcomes();

	@Test
	void workThatIsInterruptedCountsAsCancelled() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.outcomes.count(DemoRoute.SLEEP, () -> {
				new CountDownLatch(1).await();
				return "slept";
			}));
		assertThat(this.outcomes.snapshot()).containsEntry("sleep", new Outcome(1, 0, 1, 0, 0));
	}

	@Test
	void workThatGetsNoConnectionCountsAsFailed() {
		assertThatIllegalStateException().isThrownBy(() -> this.outcomes.count(DemoRoute.QUERY, () -> {
			throw new IllegalStateException(new SQLTransientConnectionException("pool is empty"));
		}));
		assertThat(this.outcomes.snapshot()).containsEntry("query", new Outcome(1, 0, 0, 1, 0));
	}

	@Test
	void workThatGoesOnIsRunning() {
		this.outcomes.start(DemoRoute.ASYNC);
		assertThat(this.outcomes.snapshot()).containsEntry("async", new Outcome(1, 0, 0, 0, 1));
	}

	@Test
	void onlyTheFirstEndCounts() {
		OutcomeCounter.Run run = this.outcomes.start(DemoRoute.ASYNC);
		run.cancelled();
		run.completed();
		run.threw(new IllegalStateException());
		assertThat(this.outcomes.snapshot()).containsEntry("async", new Outcome(1, 0, 1, 0, 0));
	}

}
