/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("E5")
class DrainWaveTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(500);

	private final ManualTicker ticker = new ManualTicker();

	private final List<String> closed = new CopyOnWriteArrayList<>();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.released.countDown();
		awaitNoThreads();
	}

	@Test
	void eachIsClosedAtItsMomentAndNotBefore() {
		DrainStarted drain = new DrainStarted(SHORT);
		List<Duration> moments = new CopyOnWriteArrayList<>();
		long begun = System.nanoTime();
		DrainWave<Integer> wave = new DrainWave<>(drain,
				(index) -> moments.add(Duration.ofNanos(System.nanoTime() - begun).minus(drain.moment(index, 4))), 4,
				"test-wave", Ticker.system());
		wave.begin(List.of(0, 1, 2, 3));
		await().untilAsserted(() -> assertThat(moments).hasSize(4));
		assertThat(moments).noneMatch(Duration::isNegative);
	}

	@Test
	void timeThatPassesBeforeTheyAreKnownIsNotAdded() {
		DrainWave<String> wave = wave(HOUR, 1);
		this.ticker.advance(HOUR);
		wave.begin(List.of("first", "second", "last"));
		await().untilAsserted(() -> assertThat(this.closed).containsExactly("first", "second", "last"));
	}

	@Test
	void whatComesLateIsNotClosedBeforeEightTenths() {
		DrainWave<String> wave = wave(HOUR, 1);
		this.ticker.advance(HOUR.multipliedBy(8).dividedBy(10).minusSeconds(30));
		IntStream.range(0, 100).forEach((index) -> wave.add("late"));
		await().during(Duration.ofMillis(200)).until(this.closed::isEmpty);
		wave.cancel();
	}

	@Test
	void whatComesLateIsClosedAtNineTenths() {
		DrainWave<String> wave = wave(HOUR, 1);
		this.ticker.advance(HOUR.multipliedBy(9).dividedBy(10));
		IntStream.range(0, 100).forEach((index) -> wave.add("late"));
		await().untilAsserted(() -> assertThat(this.closed).hasSize(100));
	}

	@Test
	void oneThatBlocksHoldsUpNobodyElse() {
		DrainWave<String> wave = wave(Duration.ZERO, 2);
		wave.begin(List.of("blocks", "first", "second"));
		await().untilAsserted(() -> assertThat(this.closed).containsExactly("first", "second"));
	}

	@Test
	void oneThatFailsIsNotTheLast() {
		DrainWave<String> wave = wave(Duration.ZERO, 1);
		wave.begin(List.of("fails", "breaks", "last"));
		await().untilAsserted(() -> assertThat(this.closed).containsExactly("last"));
	}

	@Test
	void whatIsStillOpenStaysOpenOnceTheWaveIsCancelled() {
		DrainWave<String> wave = wave(HOUR, 1);
		wave.begin(List.of("first", "later"));
		await().untilAsserted(() -> assertThat(this.closed).containsExactly("first"));
		wave.cancel();
		wave.add("last");
		awaitNoThreads();
		assertThat(this.closed).containsExactly("first");
	}

	@Test
	void whatWaitsForAThreadStaysOpenToo() throws InterruptedException {
		DrainWave<String> wave = wave(Duration.ZERO, 1);
		wave.begin(List.of("blocks", "waits"));
		this.blocked.await();
		wave.cancel();
		this.released.countDown();
		awaitNoThreads();
		assertThat(this.closed).containsExactly("blocks");
	}

	private DrainWave<String> wave(Duration window, int threads) {
		return new DrainWave<>(new DrainStarted(window), this::close, threads, "test-wave", this.ticker);
	}

	private void close(String open) throws IOException {
		if (open.equals("fails")) {
			throw new IOException("planted");
		}
		if (open.equals("breaks")) {
			throw new IllegalStateException("planted");
		}
		if (open.equals("blocks")) {
			this.blocked.countDown();
			awaitRelease();
		}
		this.closed.add(open);
	}

	private void awaitRelease() {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// they end with the last moment, and with a wave that is cancelled
	private static void awaitNoThreads() {
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("test-wave")));
	}

}
