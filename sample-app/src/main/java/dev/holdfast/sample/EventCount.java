/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * After how many events a stream ends.
 *
 * @param value how many
 */
record EventCount(int value) {

	static final int MAX = 1_000_000;

	EventCount {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException("must be a whole number from 1 to " + MAX + ", but is " + value);
		}
	}

	/**
	 * Found by Spring's conversion service, which turns an exception into a type
	 * mismatch.
	 */
	public static EventCount valueOf(String text) {
		return new EventCount(Integer.parseInt(text.strip()));
	}

}
