/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Locale;

/**
 * Which leases are taken back.
 *
 * @since 0.1.0
 */
public enum Reclaim {

	/** None. */
	NONE,

	/** Those that nobody can give back any more. */
	CERTAIN,

	/** Those, and abandoned ones after a while. */
	ABANDONED;

	/**
	 * Name in meters and answers.
	 * @return lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
