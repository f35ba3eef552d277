/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The thread that looks at leases.
 */
@Tag("A1")
class LeakWatchTests {

	private static final Duration SOON = Duration.ofMillis(40);

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicReference<@Nullable Thread> looking = new AtomicReference<>();

	private volatile boolean failing;

	private final LeakWatch watch = new LeakWatch(SOON, this::look);

	private void look() {
		this.looking.set(Thread.currentThread());
		this.looks.incrementAndGet();
		if (this.failing) {
			throw new IllegalStateException("planted");
		}
	}

	@AfterEach
	void stop() {
		this.watch.stop();
	}

	@Test
	void looksAgainAndAgainOnAThreadThatDoesNotKeepTheJvmAlive() {
		assertThat(this.watch.isRunning()).isFalse();
		this.watch.start();
		assertThat(this.watch.isRunning()).isTrue();
		Thread thread = awaitLooks(3);
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("holdfast-leaks");
	}

	@Test
	void startedTwiceItHasOneThread() {
		this.watch.start();
		Thread first = awaitLooks(1);
		this.watch.start();
		assertThat(awaitLooks(3)).isSameAs(first);
	}

	@Test
	void endsSoonAfterItIsStoppedHoweverLongItsPauseIs() {
		LeakWatch slow = new LeakWatch(Duration.ofDays(1), this::look);
		slow.start();
		Thread thread = awaitLooks(1);
		slow.stop();
		assertThat(slow.isRunning()).isFalse();
		await().atMost(Duration.ofMillis(800)).until(() -> !thread.isAlive());
	}

	@Test
	void startsAgainAfterItWasStopped() {
		this.watch.start();
		Thread first = awaitLooks(1);
		this.watch.stop();
		this.watch.start();
		await().until(() -> this.looking.get() != first);
		await().until(() -> !first.isAlive());
		assertThat(awaitLooks(3).isAlive()).isTrue();
	}

	@Test
	void goesOnAfterAFailureAndTellsItOnceUntilItIsOver() {
		try (CapturedLog log = new CapturedLog(LeakWatch.class)) {
			this.failing = true;
			this.watch.start();
			awaitLooks(4);
			assertThat(log.lines()).singleElement().asString().contains("WARN", "could not be looked at", "10 ms");
			this.failing = false;
			await().until(() -> log.lines().size() == 2);
			assertThat(log.lines().get(1)).contains("INFO", "again");
			this.failing = true;
			await().until(() -> log.lines().size() == 3);
		}
	}

	private Thread awaitLooks(int more) {
		int before = this.looks.get();
		await().until(() -> this.looks.get() >= before + more);
		Thread thread = this.looking.get();
		assertThat(thread).isNotNull();
		return (thread != null) ? thread : Thread.currentThread();
	}

}
