/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

/**
 * How large a download is.
 *
 * @param value how many bytes
 */
record ByteCount(long value) {

	static final long MAX = 4_294_967_296L;

	ByteCount {
		if (value < 1 || value > MAX) {
			throw new IllegalArgumentException("must be a whole number from 1 to " + MAX + ", but is " + value);
		}
	}

	/**
	 * Found by Spring's conversion service, which turns an exception into a type
	 * mismatch.
	 */
	public static ByteCount valueOf(String text) {
		return new ByteCount(Long.parseLong(text.strip()));
	}

}
