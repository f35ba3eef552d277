/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Lifetime.Registration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads register and take back while one ends or completes: who is told, and what
 * stays behind.
 */
@Tag("B7")
class LifetimeStressTests {

	private static final int THREADS = 8;

	private static final int ROUNDS = 2_000;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final int timersBefore = Timers.pending();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void whoWasNotTakenBackIsToldExactlyOnceByAnEnd() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			OwnedLifetime parent = new OwnedLifetime(Deadline.after(Duration.ofHours(1), Ticker.system()));
			Lifetime child = parent.within(Duration.ofMinutes(1));
			AtomicInteger told = new AtomicInteger();
			race((index) -> {
				switch (index) {
					case 0 -> parent.end(EndReason.CLIENT_GONE);
					case 1 -> parent.end(EndReason.SHUTDOWN);
					default -> ((index % 2 == 0) ? parent : child).onEnd((reason) -> told.incrementAndGet());
				}
			});
			assertThat(told).as("told in round " + round).hasValue(THREADS - 2);
			assertThat(Timers.pending()).as("timers after round " + round).isEqualTo(this.timersBefore);
		}
	}

	@Test
	void whoTakesBackIsToldAtMostOnce() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			OwnedLifetime lifetime = new OwnedLifetime(Deadline.after(Duration.ofHours(1), Ticker.system()));
			AtomicInteger told = new AtomicInteger();
			AtomicInteger toldTwice = new AtomicInteger();
			race((index) -> {
				if (index == 0) {
					lifetime.end(EndReason.CANCELLED);
				}
				else {
					AtomicInteger mine = new AtomicInteger();
					Registration registration = lifetime.onEnd((reason) -> {
						told.incrementAndGet();
						if (mine.incrementAndGet() > 1) {
							toldTwice.incrementAndGet();
						}
					});
					registration.close();
				}
			});
			assertThat(toldTwice).hasValue(0);
			assertThat(told).hasValueBetween(0, THREADS - 1);
			assertThat(Timers.pending()).as("timers after round " + round).isEqualTo(this.timersBefore);
		}
	}

	@Test
	void completionLeavesNoTimerWhoeverRegistersAtTheSameTime() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			OwnedLifetime parent = new OwnedLifetime(Deadline.after(Duration.ofHours(1), Ticker.system()));
			OwnedLifetime child = (OwnedLifetime) parent.within(Duration.ofMinutes(1));
			AtomicInteger told = new AtomicInteger();
			race((index) -> {
				if (index == 0) {
					child.complete();
				}
				else {
					child.onEnd((reason) -> told.incrementAndGet());
				}
			});
			assertThat(child.end(EndReason.SHUTDOWN)).isFalse();
			assertThat(told).hasValue(0);
			assertThat(Timers.pending()).as("timers after round " + round).isEqualTo(this.timersBefore);
		}
	}

	@Test
	void anEndAndACompletionExcludeEachOther() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
			AtomicInteger ends = new AtomicInteger();
			AtomicInteger seenAfterCompletion = new AtomicInteger();
			race((index) -> {
				if (index == 0) {
					lifetime.complete();
					seenAfterCompletion.set((lifetime.endReason() != null) ? 1 : 0);
				}
				else if (lifetime.end(EndReason.CANCELLED)) {
					ends.incrementAndGet();
				}
			});
			assertThat(ends.get()).as("ends in round " + round).isEqualTo(seenAfterCompletion.get());
		}
	}

	private void race(Racer racer) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<?>> running = new ArrayList<>();
		for (int index = 0; index < THREADS; index++) {
			int mine = index;
			running.add(this.threads.submit(() -> {
				start.await(10, TimeUnit.SECONDS);
				racer.run(mine);
				return null;
			}));
		}
		for (Future<?> each : running) {
			each.get(10, TimeUnit.SECONDS);
		}
	}

	/**
	 * What one thread of a race does.
	 */
	@FunctionalInterface
	private interface Racer {

		void run(int index);

	}

}
