/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * How many responses a request may ask to leave open.
 *
 * @param value how many
 */
record LeakCount(int value) {

	static final int MAX = 1_000;

	LeakCount {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException("must be a whole number from 1 to " + MAX + ", but is " + value);
		}
	}

	/**
	 * Found by Spring's conversion service, which turns an exception into a type
	 * mismatch.
	 */
	public static LeakCount valueOf(String text) {
		return new LeakCount(Integer.parseInt(text.strip()));
	}

}
