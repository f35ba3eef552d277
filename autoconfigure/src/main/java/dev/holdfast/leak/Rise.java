/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;

/**
 * A steady rise that traffic does not explain.
 *
 * @param resource what has risen
 * @param from how many there were at least before
 * @param to how many there are at least now
 * @param over how long it has been rising
 * @since 0.1.0
 */
public record Rise(Resource resource, long from, long to, Duration over) {

	private static final int MINUTES_IN_WORDS = 120;

	/**
	 * The rise as a sentence.
	 * @return text for a finding, without a full stop
	 */
	public String text() {
		return this.resource.label() + " have risen steadily from " + this.from + " to " + this.to + " in " + time()
				+ " while traffic did not";
	}

	private String time() {
		long minutes = this.over.toMinutes();
		return (minutes < MINUTES_IN_WORDS) ? minutes + " min" : this.over.toHours() + " h";
	}

}
