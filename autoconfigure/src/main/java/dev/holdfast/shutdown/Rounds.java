/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a drain does again and again, on a thread that lives as long as it does.
 */
final class Rounds {

	static final Duration PAUSE = Duration.ofMillis(250);

	/** Connections that came since are told every half second. */
	static final int ANNOUNCE_EACH = 2;

	/** The log hears of it every second. */
	static final int LOG_EACH = 4;

	private static final Logger LOGGER = LoggerFactory.getLogger(Rounds.class);

	private final IntConsumer round;

	private final AtomicReference<@Nullable ScheduledExecutorService> executor = new AtomicReference<>();

	Rounds(IntConsumer round) {
		this.round = round;
	}

	void start() {
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "holdfast-drain");
			thread.setDaemon(true);
			return thread;
		});
		AtomicInteger number = new AtomicInteger();
		// nobody waits for it: a round that fails says so itself
		Future<?> unused = started.scheduleWithFixedDelay(() -> next(number.incrementAndGet()), PAUSE.toMillis(),
				PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		end(this.executor.getAndSet(started));
	}

	private void next(int number) {
		try {
			this.round.accept(number);
		}
		catch (RuntimeException ex) {
			// one that fails must not be the last
			LOGGER.warn("A part of the drain failed; it goes on", ex);
		}
	}

	void stop() {
		end(this.executor.getAndSet(null));
	}

	private static void end(@Nullable ScheduledExecutorService executor) {
		if (executor != null) {
			executor.shutdown();
		}
	}

}
