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
 * @param maxWait longest wait for a permit, not negative
 * @param asyncLimit requests that may be parked asynchronously, at least 1
 * @since 0.1.0
 */
public record LimiterSettings(Mode mode, int limit, int maxQueued, Duration maxWait, int asyncLimit) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public LimiterSettings {
		atLeast("limit", limit, 1);
		atLeast("maxQueued", maxQueued, 0);
		atLeast("asyncLimit", asyncLimit, 1);
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative, was " + maxWait);
		}
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
		return new LimiterSettings(other, this.limit, this.maxQueued, this.maxWait, this.asyncLimit);
	}

	/**
	 * The same settings with another limit.
	 * @param other limit from now on
	 * @return the copy
	 */
	public LimiterSettings withLimit(int other) {
		return new LimiterSettings(this.mode, other, this.maxQueued, this.maxWait, this.asyncLimit);
	}

}
