/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The times of a drain. They follow each other: the sleep of a preStop hook, the delay,
 * the phase in which requests end, executors and pools, and a reserve.
 *
 * @param prestopSleep time that a preStop hook sleeps before SIGTERM
 * @param delay time for which everything is served after SIGTERM
 * @param phase time that requests then have to end: Boot's
 * {@code spring.lifecycle.timeout-per-shutdown-phase}
 * @param gracePeriod time until the process is killed
 * @param quietPeriod silence that ends the delay early, or {@code null}
 * @param platform whether it is known how long the process has: on Kubernetes, or where
 * somebody has set the delay or the grace period
 */
record DrainPlan(Duration prestopSleep, Duration delay, Duration phase, Duration gracePeriod,
		@Nullable Duration quietPeriod, boolean platform) {

	/** For executors and outbound pools. */
	static final Duration REST = Duration.ofSeconds(5);

	/** For what takes longer than planned. */
	static final Duration SPARE = Duration.ofSeconds(3);

	private static final Duration LONGEST_RESERVE = Duration.ofSeconds(2);

	Duration total() {
		return this.prestopSleep.plus(this.delay).plus(this.phase).plus(REST).plus(SPARE);
	}

	boolean fits() {
		return !this.platform || total().compareTo(this.gracePeriod) <= 0;
	}

	/**
	 * The last part of the phase: requests that still run when it begins are ended, so
	 * that they can still be answered.
	 * @return a quarter of the phase, at most two seconds
	 */
	Duration reserve() {
		Duration quarter = this.phase.dividedBy(4);
		return (quarter.compareTo(LONGEST_RESERVE) < 0) ? quarter : LONGEST_RESERVE;
	}

	/**
	 * The sum as an operator reads it.
	 * @return every summand with its name
	 */
	String sum() {
		return "preStop sleep %s + delay %s + requests %s + executors and pools %s + reserve %s = %s".formatted(
				text(this.prestopSleep), text(this.delay), text(this.phase), text(REST), text(SPARE), text(total()));
	}

	static String text(Duration duration) {
		return (duration.toMillis() % 1000 != 0) ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
	}

}
