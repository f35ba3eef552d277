/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * A request between its intended send time and its outcome.
 */
final class Exchange {

	final int phase;

	final int target;

	final long intendedNanos;

	@Nullable Connection connection;

	boolean resent;

	boolean done;

	Exchange(int phase, int target, long intendedNanos) {
		this.phase = phase;
		this.target = target;
		this.intendedNanos = intendedNanos;
	}

}
