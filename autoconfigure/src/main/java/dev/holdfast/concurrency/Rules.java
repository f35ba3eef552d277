/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All settings of a limiter and what follows from them, immutable and swapped as a whole:
 * no request ever sees half of a change.
 *
 * @param settings what governs the limiter
 * @param lanes what governs each lane, by its index
 * @param bounds what each lane may take, by its index
 */
record Rules(LimiterSettings settings, List<LaneSettings> lanes, List<LaneBounds> bounds) {

	static Rules of(LimiterSettings settings, List<LaneSettings> lanes) {
		boolean prioritised = lanes.stream().map(LaneSettings::priority).anyMatch(Objects::nonNull);
		LaneBounds[] bounds = lanes.stream()
			.map((lane) -> LaneBounds.of(settings, lane, prioritised))
			.toArray(LaneBounds[]::new);
		return new Rules(settings, List.copyOf(lanes), Arrays.asList(bounds));
	}

	Rules with(LimiterSettings other) {
		return of(other, this.lanes);
	}

	Rules with(Lane lane, LaneSettings other) {
		LaneSettings[] changed = this.lanes.toArray(LaneSettings[]::new);
		changed[lane.index()] = other;
		return of(this.settings, List.of(changed));
	}

	LaneSettings settings(Lane lane) {
		return this.lanes.get(lane.index());
	}

	LaneBounds bounds(Lane lane) {
		return this.bounds.get(lane.index());
	}

	boolean isWaitingOff() {
		return this.settings.maxQueued() + this.settings.burstQueued() == 0;
	}

	/**
	 * Whether more wait in a lane than may. A route with a limit of its own may fill half
	 * of the queue only, so that one slow route does not take the wait from all others.
	 * @param lane the lane
	 * @param waiting how many wait in it
	 * @return whether that is too many
	 */
	boolean isOverLaneShare(Lane lane, int waiting) {
		return bounds(lane).own() != LaneBounds.UNBOUNDED && waiting > (this.settings.maxQueued() + 1) / 2;
	}

}
