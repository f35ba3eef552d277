/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * For how long an export writes rows.
 *
 * @param value how many seconds
 */
record Seconds(int value) {

	static final int MAX = 600;

	Seconds {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException("must be a whole number from 1 to " + MAX + ", but is " + value);
		}
	}

	/**
	 * Found by Spring's conversion service, which turns an exception into a type
	 * mismatch.
	 */
	public static Seconds valueOf(String text) {
		return new Seconds(Integer.parseInt(text.strip()));
	}

}
