/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;

/**
 * A moment after which work is of no use to anybody, or no such moment. Immutable.
 *
 * @since 0.1.0
 */
public final class Deadline {

	/** Longest remaining time ever reported: about 292 years. */
	static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	// a quarter of the range keeps every subtraction of two readings meaningful
	private static final long FURTHEST = Long.MAX_VALUE / 4;

	private static final Deadline NONE = new Deadline(Ticker.system(), 0);

	private final Ticker ticker;

	private final long atNanos;

	private Deadline(Ticker ticker, long atNanos) {
		this.ticker = ticker;
		this.atNanos = atNanos;
	}

	/**
	 * A deadline that never passes.
	 * @return the deadline without a moment
	 */
	public static Deadline none() {
		return NONE;
	}

	/**
	 * A deadline that passes after a time.
	 * @param time time from now; zero or less has passed already
	 * @param ticker clock to measure with
	 * @return the deadline
	 */
	public static Deadline after(Duration time, Ticker ticker) {
		return new Deadline(ticker, ticker.nanos() + Math.min(saturatedNanos(time), FURTHEST));
	}

	private static long saturatedNanos(Duration time) {
		if (time.isNegative()) {
			return 0;
		}
		return (time.compareTo(FOREVER) >= 0) ? Long.MAX_VALUE : time.toNanos();
	}

	/**
	 * Another deadline on the same clock.
	 * @param time time from now
	 * @return the deadline
	 */
	Deadline another(Duration time) {
		return after(time, this.ticker);
	}

	/**
	 * Whether the deadline has a moment.
	 * @return {@code false} for {@link #none()}
	 */
	public boolean isBounded() {
		return this != NONE;
	}

	/**
	 * Whether the moment is over.
	 * @return {@code true} from the moment on
	 */
	public boolean hasPassed() {
		return isBounded() && this.atNanos - this.ticker.nanos() <= 0;
	}

	/**
	 * Time left.
	 * @return what is left, never negative; about 292 years where there is no moment
	 */
	public Duration remaining() {
		return isBounded() ? Duration.ofNanos(Math.max(0, this.atNanos - this.ticker.nanos())) : FOREVER;
	}

	/**
	 * The one of two deadlines that passes first. Both must use the same clock.
	 * @param other the other deadline
	 * @return this or the other
	 */
	public Deadline earlier(Deadline other) {
		if (!other.isBounded()) {
			return this;
		}
		return (!isBounded() || other.atNanos - this.atNanos < 0) ? other : this;
	}

	@Override
	public String toString() {
		return isBounded() ? "in " + remaining() : "none";
	}

}
