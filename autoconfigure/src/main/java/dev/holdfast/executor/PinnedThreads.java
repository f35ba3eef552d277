/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual threads that kept their carrier while they waited: with as many of them as
 * there are processors nothing else runs. Says where, once a minute at most.
 */
final class PinnedThreads {

	/** Shorter ones are not counted. */
	static final Duration THRESHOLD = Duration.ofMillis(20);

	private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

	private static final Logger LOGGER = LoggerFactory.getLogger(PinnedThreads.class);

	private final Ticker ticker;

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final AtomicLong toldAt;

	private volatile @Nullable String unavailable = "the application is not ready yet";

	PinnedThreads(Ticker ticker) {
		this.ticker = ticker;
		this.toldAt = new AtomicLong(ticker.nanos() - SILENCE_NANOS);
	}

	/**
	 * Counts one.
	 * @param duration how long it kept its carrier
	 * @param place where, in words
	 */
	void pinned(Duration duration, String place) {
		this.count.increment();
		this.nanos.add(duration.toNanos());
		long now = this.ticker.nanos();
		long before = this.toldAt.get();
		if (now - before >= SILENCE_NANOS && this.toldAt.compareAndSet(before, now)) {
			LOGGER.warn("A virtual thread kept its carrier for {} ms {}; {} did since the start, for {} ms together",
					duration.toMillis(), place, count(), TimeUnit.NANOSECONDS.toMillis(nanos()));
		}
	}

	/**
	 * Says why nothing is counted.
	 * @param reason the reason, {@code null} while it is
	 */
	void unavailable(@Nullable String reason) {
		this.unavailable = reason;
	}

	@Nullable String unavailable() {
		return this.unavailable;
	}

	long count() {
		return this.count.sum();
	}

	long nanos() {
		return this.nanos.sum();
	}

}
