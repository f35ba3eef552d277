/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * A duration given by the caller as a request parameter, bounded so that no caller can
 * keep a thread for longer than ten minutes.
 *
 * @param value milliseconds, from 0 to {@value #MAX}
 */
record Millis(long value) {

	static final long MAX = 600_000;

	Millis {
		if (value < 0 || value > MAX) {
			throw new IllegalArgumentException("must be a whole number from 0 to " + MAX + ", but is " + value);
		}
	}

	/**
	 * Found by Spring's conversion service, which turns an exception into a type
	 * mismatch.
	 */
	public static Millis valueOf(String text) {
		return new Millis(Long.parseLong(text.strip()));
	}

}
