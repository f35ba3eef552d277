/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A wait that is broken off: nobody stays in the queue, no permit is lost.
 */
@Tag("C1")
class LimiterInterruptTests {

	private final Limiter limiter = new Limiter(new LimiterSettings(Mode.ENFORCE, 1, 2, Duration.ofHours(1), 1),
			Map.of(), Ticker.system());

	private final Lane lane = this.limiter.defaultLane();

	@BeforeEach
	void nobodyElseFindsAPermit() {
		this.limiter.admit(this.lane, Lifetime.current());
	}

	@Test
	void anInterruptedThreadDoesNotWaitAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		assertThat(this.limiter.admit(this.lane, Lifetime.current())).isEqualTo(Admission.Shed.of(ShedReason.TIMEOUT));
		assertThat(Thread.interrupted()).isTrue();
		assertOnePermitIsThere();
	}

	@Test
	void anInterruptDuringTheWaitEndsItAndStays() throws InterruptedException {
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread thread = new Thread(() -> {
			this.limiter.admit(this.lane, Lifetime.current());
			interrupted.set(Thread.currentThread().isInterrupted());
		});
		thread.start();
		Callers.soon(() -> thread.getState() == Thread.State.TIMED_WAITING);
		assertThat(this.limiter.queued()).isOne();
		thread.interrupt();
		thread.join();
		assertThat(interrupted).isTrue();
		assertOnePermitIsThere();
	}

	@Test
	void aPermitThatWasHandedOverCountsMoreThanTheInterrupt() {
		OwnedLifetime handsOver = new OwnedLifetime(Deadline.after(Duration.ofHours(1), afterTheFirst(() -> {
			this.limiter.release(this.lane);
			Thread.currentThread().interrupt();
		})));
		assertThat(this.limiter.admit(this.lane, handsOver)).isEqualTo(Admission.Admitted.INSTANCE);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.limiter.inFlight()).isOne();
	}

	@Test
	void aWaitThatFailsLeavesNobodyInTheQueue() {
		OwnedLifetime failing = new OwnedLifetime(Deadline.after(Duration.ofHours(1), afterTheFirst(() -> {
			throw new IllegalStateException("planted");
		})));
		assertThatIllegalStateException().isThrownBy(() -> this.limiter.admit(this.lane, failing));
		assertOnePermitIsThere();
	}

	@Test
	void aWaitThatFailsGivesBackWhatItWasHanded() {
		OwnedLifetime failing = new OwnedLifetime(Deadline.after(Duration.ofHours(1), afterTheFirst(() -> {
			this.limiter.release(this.lane);
			throw new IllegalStateException("planted");
		})));
		assertThatIllegalStateException().isThrownBy(() -> this.limiter.admit(this.lane, failing));
		assertThat(this.limiter.inFlight()).isZero();
		assertThat(this.limiter.queued()).isZero();
	}

	private void assertOnePermitIsThere() {
		assertThat(this.limiter.queued()).isZero();
		this.limiter.release(this.lane);
		assertThat(this.limiter.inFlight()).isZero();
		assertThat(this.limiter.admit(this.lane, Lifetime.current())).isEqualTo(Admission.Admitted.INSTANCE);
	}

	// the first reading makes the deadline, the second asks whether it has passed
	private static Ticker afterTheFirst(Runnable action) {
		AtomicInteger readings = new AtomicInteger();
		return () -> {
			if (readings.incrementAndGet() == 2) {
				action.run();
			}
			return 0;
		};
	}

}
