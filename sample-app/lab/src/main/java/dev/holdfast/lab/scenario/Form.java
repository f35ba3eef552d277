/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

/**
 * How thorough a scenario is.
 */
public enum Form {

	/** Minutes: invariants and generous ratios. */
	SHORT,

	/** As long as it takes: the figures of the docs. */
	LONG;

	public <T> T pick(T whenShort, T whenLong) {
		return (this == SHORT) ? whenShort : whenLong;
	}

}
