/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.time.Duration;

/**
 * A stretch of a run at one rate.
 *
 * @param name what the stretch is for
 * @param perSecond offered requests per second
 * @param length how long it lasts
 * @param arrivals how the requests are spread
 */
public record Phase(String name, double perSecond, Duration length, Arrivals arrivals) {

	public static Phase poisson(String name, double perSecond, Duration length) {
		return new Phase(name, perSecond, length, Arrivals.POISSON);
	}

	public static Phase constant(String name, double perSecond, Duration length) {
		return new Phase(name, perSecond, length, Arrivals.CONSTANT);
	}

	public static Phase burst(String name, int requests, Duration length) {
		return new Phase(name, requests / seconds(length), length, Arrivals.AT_ONCE);
	}

	public double seconds() {
		return seconds(this.length);
	}

	private static double seconds(Duration length) {
		return length.toNanos() / 1e9;
	}

	/**
	 * How requests are spread over a phase.
	 */
	public enum Arrivals {

		/** Equal gaps. */
		CONSTANT,

		/** Independent clients: exponential gaps. */
		POISSON,

		/** All at the beginning. */
		AT_ONCE

	}

}
