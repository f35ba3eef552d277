/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What one lane may take, worked out when settings change so that the hot path compares
 * numbers only. {@link #UNBOUNDED} stands for a bound that is not enforced.
 *
 * @param own bound of the lane itself
 * @param shared bound of what the whole limiter holds, the lane's priority applied
 * @param watchedOwn bound of the lane whose overstepping is counted only
 * @param watchedShared bound of the limiter whose overstepping is counted only
 * @param priority importance of the lane
 */
record LaneBounds(int own, int shared, int watchedOwn, int watchedShared, Priority priority) {

	static final int UNBOUNDED = Integer.MAX_VALUE;

	/**
	 * The limit of a route obeys the mode of the route. The limit of the whole obeys the
	 * milder of the two modes: who sets the whole to observe wants nothing refused for
	 * its sake, and who switches a route off wants it left alone.
	 */
	static LaneBounds of(LimiterSettings settings, LaneSettings lane, boolean prioritised) {
		Mode laneMode = (lane.mode() != null) ? lane.mode() : settings.mode();
		Mode sharedMode = (laneMode.compareTo(settings.mode()) < 0) ? laneMode : settings.mode();
		Priority priority = lane.effectivePriority();
		int cap = prioritised ? priority.cap(settings.limit()) : settings.limit();
		int own = (lane.limit() != null) ? lane.limit() : UNBOUNDED;
		return new LaneBounds(boundIf(Mode.ENFORCE, laneMode, own), boundIf(Mode.ENFORCE, sharedMode, cap),
				boundIf(Mode.OBSERVE, laneMode, own), boundIf(Mode.OBSERVE, sharedMode, cap), priority);
	}

	private static int boundIf(@Nullable Mode wanted, Mode mode, int bound) {
		return (mode == wanted) ? bound : UNBOUNDED;
	}

	boolean isUnbounded() {
		return this.own == UNBOUNDED && this.shared == UNBOUNDED;
	}

	/** Whether the limit of the whole is enforced or at least watched. */
	boolean isSharedKnown() {
		return this.shared != UNBOUNDED || this.watchedShared != UNBOUNDED;
	}

	boolean isWatched() {
		return this.watchedOwn != UNBOUNDED || this.watchedShared != UNBOUNDED;
	}

}
