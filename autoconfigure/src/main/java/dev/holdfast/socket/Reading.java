/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * All that was read at once.
 *
 * @param table the sockets
 * @param ports the ephemeral ports
 * @param counters the counters
 * @param descriptors the descriptors
 * @param problem why there is no table, empty if there is one
 * @param costNanos what it cost
 * @param credit what was left when it was done
 */
record Reading(@Nullable SocketTable table, @Nullable EphemeralPorts ports, @Nullable NetworkCounters counters,
		@Nullable Descriptors descriptors, String problem, long costNanos, Credit credit) {

	static final long LEAST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	/** A hundredth of a core. */
	private static final long PAUSE_PER_COST = 100;

	/**
	 * Time from the end of this reading to the next one, if there is no hurry. What it
	 * cost is earned by then: who is not in a hurry takes nothing of what is saved.
	 */
	long pauseNanos() {
		return Math.max(LEAST_PAUSE, PAUSE_PER_COST * this.costNanos);
	}

	boolean isRecent(long now) {
		return now - this.credit.atNanos() < pauseNanos();
	}

	boolean isAllThatCanBePaid(long now) {
		return !this.credit.isGood(now);
	}

	/**
	 * What makes another reading needless.
	 */
	@FunctionalInterface
	interface Sufficiency {

		boolean test(Reading last, long now);

	}

}
