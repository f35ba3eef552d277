/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;

import dev.holdfast.report.Mode;

/**
 * What governs a {@link Limiter}; replaced as a whole.
 *
 * @param mode what it does with a decision
 * @param limit requests that run at the same time, at least 1
 * @param maxQueued requests that may wait for a permit, 0 to refuse at once
 * @param burstQueued requests that may wait beyond that for a moment, as long as the
 * queue has only just begun to fill, so that a short burst is served instead of refused
 * @param maxWait longest wait for a permit, not negative and at most 292 years
 * @param asyncLimit requests that may be parked asynchronously, at least 1
 * @since 0.1.0
 */
public record LimiterSettings(Mode mode, int limit, int maxQueued, int burstQueued, Duration maxWait, int asyncLimit) {

	// more does not fit into nanoseconds, which the wait is measured in
	private static final Duration LONGEST_WAIT = Duration.ofNanos(Long.MAX_VALUE);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public LimiterSettings {
		atLeast("limit", limit, 1);
		atLeast("maxQueued", maxQueued, 0);
		atLeast("burstQueued", burstQueued, 0);
		atLeast("asyncLimit", asyncLimit, 1);
		if (maxWait.isNegative() || maxWait.compareTo(LONGEST_WAIT) > 0) {
			throw new IllegalArgumentException("maxWait must be between 0 and " + LONGEST_WAIT + ", was " + maxWait);
		}
	}

	/**
	 * Settings without room for bursts.
	 * @param mode what it does with a decision
	 * @param limit requests that run at the same time, at least 1
	 * @param maxQueued requests that may wait for a permit, 0 to refuse at once
	 * @param maxWait longest wait for a permit, not negative and at most 292 years
	 * @param asyncLimit requests that may be parked asynchronously, at least 1
	 */
	public LimiterSettings(Mode mode, int limit, int maxQueued, Duration maxWait, int asyncLimit) {
		this(mode, limit, maxQueued, 0, maxWait, asyncLimit);
	}

	private static void atLeast(String name, int value, int least) {
		if (value < least) {
			throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
		}
	}

	/**
	 * The same settings with another mode.
	 * @param other mode from now on
	 * @return the copy
	 */
	public LimiterSettings withMode(Mode other) {
		return new LimiterSettings(other, this.limit, this.maxQueued, this.burstQueued, this.maxWait, this.asyncLimit);
	}

	/**
	 * The same settings with another limit.
	 * @param other limit from now on
	 * @return the copy
	 */
	public LimiterSettings withLimit(int other) {
		return new LimiterSettings(this.mode, other, this.maxQueued, this.burstQueued, this.maxWait, this.asyncLimit);
	}

}
