/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.Locale;

/**
 * What was decided about another attempt. The set is closed: it is a tag of meters.
 *
 * @since 0.1.0
 */
public enum RetryOutcome {

	/** Another attempt was made, or would have been in observe mode. */
	RETRIED,

	/** The request may have had an effect, or cannot be sent twice. */
	UNSAFE,

	/** The budget was used up. */
	BUDGET,

	/** The peer asked for a longer pause than there is time for. */
	TOO_LATE,

	/** It had been tried as often as it may be. */
	EXHAUSTED;

	/**
	 * Name in meters and answers.
	 * @return lower case, with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
