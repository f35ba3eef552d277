/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * State of a {@link Limiter} at a moment.
 *
 * @param settings what governs it
 * @param inFlight permits held, parked ones aside
 * @param queued requests that wait
 * @param parked requests that go on without a thread
 * @param admitted permits given so far
 * @param wouldHaveQueued requests that would have waited had the mode not been observe
 * @param shedByPriority refusals so far by priority and reason, zeros included
 * @param routes state of each lane with a name
 * @since 0.1.0
 */
public record LimiterState(LimiterSettings settings, int inFlight, int queued, int parked, long admitted,
		long wouldHaveQueued, Map<Priority, Map<ShedReason, Long>> shedByPriority, List<LaneState> routes) {

	/**
	 * Refusals of all priorities together.
	 * @return refusals so far by reason, zeros included
	 */
	public Map<ShedReason, Long> shed() {
		Map<ShedReason, Long> sums = new EnumMap<>(ShedReason.class);
		this.shedByPriority.values()
			.forEach((byReason) -> byReason.forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
		return sums;
	}

	/**
	 * State of a lane.
	 *
	 * @param name name of the route
	 * @param settings what governs it
	 * @param inFlight requests of the route that run, parked ones included
	 */
	public record LaneState(String name, LaneSettings settings, int inFlight) {
	}

}
