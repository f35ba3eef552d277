/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;

import dev.holdfast.report.Mode;

/**
 * Whether and how often a call is tried again.
 *
 * @param mode in observe nothing is tried again, but counted
 * @param maxAttempts attempts of one call, the first included
 * @param budgetRatio retries as a share of the calls of the last ten seconds
 * @param budgetMinPerSecond retries that are possible at any rate of calls
 * @param maxPause longest pause before an attempt; who asks for more is not asked again
 */
public record RetrySettings(Mode mode, int maxAttempts, double budgetRatio, int budgetMinPerSecond, Duration maxPause) {

	/**
	 * The same, with nothing tried again.
	 * @return these settings, off
	 */
	public RetrySettings off() {
		return new RetrySettings(Mode.OFF, this.maxAttempts, this.budgetRatio, this.budgetMinPerSecond, this.maxPause);
	}

}
