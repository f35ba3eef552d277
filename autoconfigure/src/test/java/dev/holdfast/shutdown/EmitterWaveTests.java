/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the waves do with emitters that are not well.
 */
@Tag("E5")
class EmitterWaveTests {

	private final EmitterDrain drain = new EmitterDrain(Ticker.system());

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.released.countDown();
		this.drain.destroy();
	}

	@Test
	void peersThatDoNotReadHoldUpNobodyElse() {
		IntStream.range(0, EmitterDrain.THREADS - 1).forEach((index) -> open(new Stuck(this.released)));
		Counted last = open(new Counted());
		this.drain.drainStarted(new DrainStarted(Duration.ofMillis(100)));
		await().until(() -> last.completed.get() == 1);
	}

	@Test
	void emitterThatFailsIsNotTheLast() {
		open(new Failing());
		Counted last = open(new Counted());
		this.drain.drainStarted(new DrainStarted(Duration.ZERO));
		await().until(() -> last.completed.get() == 1);
	}

	@Test
	void streamIsClosedOnceByHoweverManyDrains() {
		Counted emitter = open(new Counted());
		this.drain.drainStarted(new DrainStarted(Duration.ZERO));
		await().until(() -> emitter.completed.get() == 1);
		this.drain.drainStarted(new DrainStarted(Duration.ZERO));
		Counted later = open(new Counted());
		await().until(() -> later.completed.get() == 1);
		assertThat(emitter.completed).hasValue(1);
	}

	@Test
	void streamThatEndedBeforeItWasOpenIsNotKept() {
		EmitterStream stream = this.drain.opening(new Counted());
		stream.end();
		this.drain.opened(stream);
		assertThat(this.drain.open()).isZero();
	}

	@Test
	void threadsEndWithTheLastMoment() {
		Counted emitter = open(new Counted());
		this.drain.drainStarted(new DrainStarted(Duration.ZERO));
		await().until(() -> emitter.completed.get() == 1);
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("holdfast-streams")));
	}

	@Test
	void forgottenEmitterIsNotKeptInMemory() {
		open(new Counted());
		await().until(() -> {
			System.gc();
			return this.drain.open() == 0;
		});
	}

	private <T extends ResponseBodyEmitter> T open(T emitter) {
		this.drain.opened(this.drain.opening(emitter));
		return emitter;
	}

	private static final class Counted extends SseEmitter {

		private final AtomicInteger completed = new AtomicInteger();

		@Override
		public void complete() {
			this.completed.incrementAndGet();
		}

	}

	private static final class Failing extends SseEmitter {

		@Override
		public void complete() {
			throw new IllegalStateException("planted");
		}

	}

	private static final class Stuck extends SseEmitter {

		private final CountDownLatch released;

		Stuck(CountDownLatch released) {
			this.released = released;
		}

		@Override
		public void complete() {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
