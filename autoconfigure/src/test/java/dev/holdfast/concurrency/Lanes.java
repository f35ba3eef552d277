/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.Objects;

/**
 * Lanes by the names of routes that a test knows to be there.
 */
final class Lanes {

	private Lanes() {
	}

	static Lane of(Limiter limiter, String name) {
		return Objects.requireNonNull(limiter.lane(name), name);
	}

}
