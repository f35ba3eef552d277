/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One release meets one newcomer, over and over, and nobody else comes who could make up
 * for a wake-up that was lost.
 */
@Tag("C1")
@Tag("F1")
class WakeUpTests {

	private static final Duration TIME = Duration.ofMillis(1_500);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Limiter limiter = new Limiter(new LimiterSettings(Mode.ENFORCE, 1, 1, Duration.ofHours(1), 1),
			Map.of(), Ticker.system());

	private final Lane lane = this.limiter.defaultLane();

	private final AtomicLong meetings = new AtomicLong();

	private final Deadline patience = Deadline.after(PATIENCE, Ticker.system());

	@Test
	void theLastReleaseWakesTheOnlyWaiter() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		FutureTask<Long> newcomer = new FutureTask<>(() -> comeUntil(over));
		Thread thread = new Thread(newcomer, "newcomer");
		thread.setDaemon(true);
		thread.start();
		Deadline end = Deadline.after(TIME, Ticker.system());
		for (long round = 0; !over.get(); round++) {
			this.limiter.admit(this.lane, Lifetime.current());
			over.set(end.hasPassed());
			meet(2 * round);
			this.limiter.release(this.lane);
			meet(2 * round + 1);
		}
		assertThat(newcomer.get(10, TimeUnit.SECONDS)).isPositive();
		assertThat(this.limiter.state().shed().values()).containsOnly(0L);
		assertThat(this.limiter.inFlight()).isZero();
	}

	private long comeUntil(AtomicBoolean over) {
		long round = 0;
		boolean last = false;
		while (!last) {
			meet(2 * round);
			last = over.get();
			this.limiter.admit(this.lane, Lifetime.current());
			this.limiter.release(this.lane);
			meet(2 * round + 1);
			round++;
		}
		return round;
	}

	// both threads go on at the same moment, which a barrier that parks cannot offer
	private void meet(long meeting) {
		this.meetings.incrementAndGet();
		for (int spins = 1; this.meetings.get() < 2 * (meeting + 1); spins++) {
			if (this.patience.hasPassed()) {
				throw new IllegalStateException("Somebody was forgotten in round " + meeting / 2);
			}
			if (spins % 1_000 == 0) {
				LockSupport.parkNanos(1_000);
			}
			Thread.onSpinWait();
		}
	}

}
