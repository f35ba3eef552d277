/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadLocalRandom;

import com.sun.management.ThreadMXBean;
import dev.holdfast.lifetime.Ticker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B6")
class RetryAllocationTests {

	private static final int TIMES = 10_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void neitherCallsNorRetriesAllocate() {
		RetryBudget budget = new RetryBudget(0.2, 10, Ticker.system());
		Backoff backoff = new Backoff(Backoff.DEFAULT_BASE, Backoff.DEFAULT_CAP);
		ask(budget, backoff);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		ask(budget, backoff);
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("bytes for " + TIMES + " calls").isLessThan(TIMES);
		assertThat(budget.exhausted()).isPositive();
		assertThat(budget.withdrawn()).isPositive();
	}

	private static void ask(RetryBudget budget, Backoff backoff) {
		for (int i = 0; i < TIMES; i++) {
			budget.deposit();
			if (budget.tryWithdraw()) {
				assertPositive(backoff.pauseNanos(1 + i % 5, ThreadLocalRandom.current()));
			}
		}
	}

	private static void assertPositive(long pause) {
		if (pause < 0) {
			throw new AssertionError("A pause of " + pause);
		}
	}

}
