/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.lifetime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses tasks: counts them, and says so once a minute at most.
 */
final class Refusals {

	private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

	private static final Logger LOGGER = LoggerFactory.getLogger(Refusals.class);

	private final TaskCounts counts;

	private final Ticker ticker;

	private final AtomicLong toldAt;

	private final AtomicLong told = new AtomicLong();

	Refusals(TaskCounts counts, Ticker ticker) {
		this.counts = counts;
		this.ticker = ticker;
		this.toldAt = new AtomicLong(ticker.nanos() - SILENCE_NANOS);
	}

	/**
	 * Refuses one task.
	 * @param message what is full, and the property to turn
	 * @return what to throw
	 */
	RefusedTaskException refuse(String message) {
		this.counts.refuse();
		long now = this.ticker.nanos();
		long before = this.toldAt.get();
		// whoever wins the minute speaks for all who lost it
		if (now - before >= SILENCE_NANOS && this.toldAt.compareAndSet(before, now)) {
			long all = this.counts.refused();
			LOGGER.warn("Refusing tasks: {} ({} since this was last said)", message, all - this.told.getAndSet(all));
		}
		return new RefusedTaskException(message);
	}

}
