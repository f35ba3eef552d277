/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.holdfast.concurrency.Race;
import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads at once: not one retry too many, and none that is due refused.
 */
@Tag("B6")
class RetryBudgetStressTests {

	private static final Duration TIME = Duration.ofSeconds(1);

	private static final int THREADS = 16;

	private final ManualTicker ticker = new ManualTicker();

	@Test
	void exactlyTheBudgetIsGrantedWhileTimeStandsStill() throws Exception {
		RetryBudget budget = new RetryBudget(0.5, 100, this.ticker);
		LongAdder deposits = new LongAdder();
		LongAdder granted = new LongAdder();
		Race.of(THREADS).during(TIME, (thread) -> {
			if (thread % 4 == 0 && ThreadLocalRandom.current().nextInt(100) == 0) {
				budget.deposit();
				deposits.increment();
			}
			if (budget.tryWithdraw()) {
				granted.increment();
			}
		});
		while (budget.tryWithdraw()) {
			granted.increment();
		}
		assertThat(granted.sum()).isEqualTo(1_000 + deposits.sum() / 2).isEqualTo(budget.withdrawn());
	}

	/**
	 * A small budget is at its end all the time: as soon as one of the threads finds it
	 * empty, all go on to the next.
	 */
	@Test
	void theLastRetryOfABudgetIsGrantedOnce() throws Exception {
		RetryBudget[] budgets = Stream.generate(() -> new RetryBudget(0, 1, this.ticker))
			.limit(20_000)
			.toArray(RetryBudget[]::new);
		AtomicInteger current = new AtomicInteger();
		Race.of(4).during(TIME, (thread) -> {
			int index = current.get();
			if (index < budgets.length && !budgets[index].tryWithdraw()) {
				current.compareAndSet(index, index + 1);
			}
		});
		assertThat(current.get()).isPositive();
		assertThat(Stream.of(budgets).limit(current.get())).extracting(RetryBudget::withdrawn).containsOnly(10L);
	}

	/**
	 * What a thread saw before and after is the earliest and the latest slot to which its
	 * step can belong. A retry is held against the budget where both are the same; a call
	 * speaks for it in both.
	 */
	@Test
	void noWindowHasMoreRetriesThanItsBudget() throws Exception {
		RetryBudget budget = new RetryBudget(0.2, 1, this.ticker);
		int mostSlots = 2_000_000;
		AtomicIntegerArray calls = new AtomicIntegerArray(mostSlots);
		AtomicIntegerArray retries = new AtomicIntegerArray(mostSlots);
		Race.of(THREADS).during(TIME, (thread) -> {
			ThreadLocalRandom random = ThreadLocalRandom.current();
			if (thread == 0) {
				boolean leap = random.nextInt(200) == 0;
				if (slot() < mostSlots - 100) {
					this.ticker.advance(Duration.ofMillis(leap ? 11_000 : random.nextInt(200)));
				}
				LockSupport.parkNanos(20_000);
				return;
			}
			int before = slot();
			boolean call = random.nextInt(4) == 0;
			if (call) {
				budget.deposit();
				int after = slot();
				for (int slot = before; slot <= after; slot++) {
					calls.getAndIncrement(slot);
				}
			}
			else if (budget.tryWithdraw() && slot() == before) {
				retries.getAndIncrement(before);
			}
		});
		assertThat(budget.withdrawn()).isPositive();
		assertThat(budget.exhausted()).isPositive();
		long callsOfWindow = 0;
		long retriesOfWindow = 0;
		for (int slot = 0; slot <= slot(); slot++) {
			callsOfWindow += calls.get(slot);
			retriesOfWindow += retries.get(slot);
			if (slot >= RetryBudget.SLOTS) {
				callsOfWindow -= calls.get(slot - RetryBudget.SLOTS);
				retriesOfWindow -= retries.get(slot - RetryBudget.SLOTS);
			}
			if (retries.get(slot) > 0) {
				assertThat(retriesOfWindow).as("window that ends with slot %d", slot)
					.isLessThanOrEqualTo(10 + callsOfWindow / 5);
			}
		}
	}

	private int slot() {
		return (int) (this.ticker.nanos() / RetryBudget.SLOT_NANOS);
	}

}
