/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

/**
 * How often a call was made, and what the last attempt has received. Of the call's
 * thread.
 */
final class Attempts {

	private int count = 1;

	private long received;

	/**
	 * Begins an attempt; what was received by the one before is forgotten.
	 * @param number its number at this peer, from 1
	 */
	void begin(int number) {
		this.count += (number > 1) ? 1 : 0;
		this.received = 0;
	}

	int count() {
		return this.count;
	}

	void received(long more) {
		this.received += more;
	}

	/**
	 * Bytes of the body that have arrived, before decompression.
	 * @return the count
	 */
	long received() {
		return this.received;
	}

}
