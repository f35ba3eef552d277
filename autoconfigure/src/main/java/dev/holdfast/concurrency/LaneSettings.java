/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What governs one {@link Lane} of a limiter; replaced as a whole.
 *
 * @param limit requests of this lane that run at the same time, at least 1, or
 * {@code null} for no limit of its own
 * @param priority importance of its requests, or {@code null} if none was chosen
 * @param mode what to do with a decision about this lane, or {@code null} for the mode of
 * the limiter
 * @since 0.1.0
 */
public record LaneSettings(@Nullable Integer limit, @Nullable Priority priority, @Nullable Mode mode) {

	/** Settings of requests that match no route. */
	public static final LaneSettings NONE = new LaneSettings(null, null, null);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public LaneSettings {
		if (limit != null && limit < 1) {
			throw new IllegalArgumentException("limit must be at least 1, was " + limit);
		}
	}

	/**
	 * Importance of the requests of the lane.
	 * @return the priority that was chosen, else {@link Priority#DEFAULT}
	 */
	public Priority effectivePriority() {
		return (this.priority != null) ? this.priority : Priority.DEFAULT;
	}

}
