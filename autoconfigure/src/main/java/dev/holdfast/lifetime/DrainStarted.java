/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;

/**
 * The service has begun to drain: it still serves, but it is to be left. Whoever holds
 * connections for long closes them within the window, in waves, so that their peers do
 * not all come back elsewhere in the same moment. Published once per drain.
 *
 * @param window time that is left for that; zero if there is none
 * @since 0.1.0
 */
public record DrainStarted(Duration window) {

	/**
	 * The moment at which one of several is to be closed: the moments are spread evenly
	 * over the first four fifths of the window, the last fifth is for the good-byes.
	 * @param index which one, from 0
	 * @param count how many there are
	 * @return how long after this event
	 */
	public Duration moment(int index, int count) {
		if (index < 0 || index >= count) {
			throw new IllegalArgumentException("index " + index + " is not below the count " + count);
		}
		return this.window.multipliedBy(4).dividedBy(5).multipliedBy(index).dividedBy(count);
	}

}
