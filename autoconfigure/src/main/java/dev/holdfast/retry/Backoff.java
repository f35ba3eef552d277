/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pause before a retry: anything between nothing and a bound that doubles with each
 * attempt up to a cap. The whole pause is drawn ("full jitter"), because callers that
 * failed together would otherwise come back together: <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>, AWS Architecture Blog.
 *
 * @since 0.1.0
 */
public final class Backoff {

	/** Longest pause before the first retry, unless something else is asked for. */
	public static final Duration DEFAULT_BASE = Duration.ofMillis(50);

	/** Longest pause before any retry, unless something else is asked for. */
	public static final Duration DEFAULT_CAP = Duration.ofSeconds(2);

	private final long baseNanos;

	private final long capNanos;

	/**
	 * Creates a backoff.
	 * @param base longest pause before the first retry, at least 0
	 * @param cap longest pause before any retry, at least the base
	 * @throws IllegalArgumentException if a duration is out of its range
	 */
	public Backoff(Duration base, Duration cap) {
		if (base.isNegative()) {
			throw new IllegalArgumentException("base must be at least 0, was " + base);
		}
		if (cap.compareTo(base) < 0) {
			throw new IllegalArgumentException("cap must be at least the base " + base + ", was " + cap);
		}
		this.baseNanos = nanos(base);
		this.capNanos = nanos(cap);
	}

	/**
	 * Draws the pause before a retry.
	 * @param attempt which retry it is, the first being 1
	 * @param random where the draw comes from
	 * @return nanoseconds, from 0 to the bound of this attempt inclusive
	 * @throws IllegalArgumentException if the attempt is less than 1
	 */
	public long pauseNanos(int attempt, RandomGenerator random) {
		if (attempt < 1) {
			throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
		}
		return random.nextLong(boundNanos(attempt) + 1);
	}

	private long boundNanos(int attempt) {
		int doublings = attempt - 1;
		boolean overflows = doublings >= Long.numberOfLeadingZeros(this.baseNanos);
		if (overflows) {
			return (this.baseNanos == 0) ? 0 : this.capNanos;
		}
		return Math.min(this.capNanos, this.baseNanos << doublings);
	}

	private static long nanos(Duration duration) {
		// with room for the one that makes a bound inclusive
		try {
			return Math.min(duration.toNanos(), Long.MAX_VALUE - 1);
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE - 1;
		}
	}

}
