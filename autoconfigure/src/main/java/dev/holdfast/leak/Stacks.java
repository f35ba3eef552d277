/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * When it is recorded where a lease is taken. That costs some ten microseconds and a few
 * kilobytes each time.
 *
 * @since 0.1.0
 */
public enum Stacks {

	/** Never. */
	OFF,

	/** For the next leases of a call site that was suspected. */
	ADAPTIVE,

	/** For one lease of 128. */
	SAMPLED,

	/** For every lease. */
	ALWAYS

}
