/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.Locale;

/**
 * What was not done any more because its request had ended.
 */
enum Cancelled {

	/** A statement that ran. */
	STATEMENT,

	/** A result whose rows were being read. */
	CURSOR,

	/** A statement that was not sent. */
	REFUSED,

	/** A wait for a connection. */
	LEASE;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
