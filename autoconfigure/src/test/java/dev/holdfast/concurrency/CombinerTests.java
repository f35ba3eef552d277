/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("C1")
@Timeout(30)
class CombinerTests {

	private static final int THREADS = 8;

	private final Combiner combiner = new Combiner();

	// guarded by the combiner alone
	private long count;

	@Test
	void whoFindsItBusyLeavesTheTaskAndGoesOn() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		List<String> order = new ArrayList<>();
		CompletableFuture<Thread> first = CompletableFuture.supplyAsync(() -> {
			this.combiner.run(() -> {
				begun.countDown();
				await(mayEnd);
				order.add("first");
			});
			return Thread.currentThread();
		});
		begun.await();
		List<Thread> ranOn = new ArrayList<>();
		this.combiner.run(() -> {
			order.add("second");
			ranOn.add(Thread.currentThread());
		});
		this.combiner.run(() -> order.add("third"));
		assertThat(ranOn).isEmpty();
		mayEnd.countDown();
		assertThat(first.get(10, TimeUnit.SECONDS)).isIn(ranOn);
		assertThat(order).containsExactly("first", "second", "third");
	}

	@Test
	void tasksAreRunOneAtATimeAndNoneIsForgotten() throws Exception {
		long[] asked = new long[THREADS];
		Race.of(THREADS).during(Duration.ofMillis(500), (thread) -> {
			this.combiner.run(() -> this.count++);
			asked[thread]++;
		});
		assertThat(this.count).isEqualTo(Arrays.stream(asked).sum()).isPositive();
	}

	@Test
	void aTaskThatFailsTakesNoOtherWithIt() {
		AtomicBoolean other = new AtomicBoolean();
		assertThatIllegalStateException().isThrownBy(() -> this.combiner.run(() -> {
			this.combiner.run(() -> other.set(true));
			throw new IllegalStateException("planted");
		}));
		assertThat(other).isTrue();
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.combiner.run(() -> {
			throw new StackOverflowError("planted");
		}));
		this.combiner.run(() -> this.count++);
		assertThat(this.count).isOne();
	}

	@Test
	void whoSleepsIsWoken() throws Exception {
		AtomicBoolean woken = new AtomicBoolean();
		AtomicBoolean answered = new AtomicBoolean();
		Thread sleeper = new Thread(() -> {
			while (!answered.get()) {
				LockSupport.park();
			}
			woken.set(true);
		});
		sleeper.start();
		this.combiner.run(() -> {
			answered.set(true);
			this.combiner.wake(sleeper);
		});
		sleeper.join();
		assertThat(woken).isTrue();
	}

	@Test
	void itsOwnThreadIsNotWoken() {
		this.combiner.run(() -> this.combiner.wake(Thread.currentThread()));
		long before = System.nanoTime();
		// returns at once if the thread was woken
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(20));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
