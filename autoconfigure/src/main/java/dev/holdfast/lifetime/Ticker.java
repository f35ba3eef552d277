/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

/**
 * Source of monotonic time, injected so that tests can move it. Readings are compared by
 * subtraction only, because they may wrap.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ticker {

	/**
	 * Reading of the clock.
	 * @return nanoseconds since an arbitrary origin
	 */
	long nanos();

	/**
	 * The clock of this machine.
	 * @return a ticker over {@link System#nanoTime()}
	 */
	static Ticker system() {
		return System::nanoTime;
	}

}
