/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

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
 * @param doneNanos when it was done
 */
record Reading(@Nullable SocketTable table, @Nullable EphemeralPorts ports, @Nullable NetworkCounters counters,
		@Nullable Descriptors descriptors, String problem, long costNanos, long doneNanos) {

	/** A hundredth of a core. */
	private static final long PAUSE_PER_COST = 100;

	/**
	 * Time from the end of this reading to the next one.
	 */
	long pauseNanos(long leastNanos) {
		return Math.max(leastNanos, PAUSE_PER_COST * this.costNanos);
	}

	boolean isCurrent(long nanos, long leastNanos) {
		return nanos - this.doneNanos < pauseNanos(leastNanos);
	}

}
