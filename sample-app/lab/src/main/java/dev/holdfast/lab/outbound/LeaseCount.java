/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many connections of its pools a client has given out.
 */
interface LeaseCount {

	/**
	 * Connections that are out now.
	 * @return the count, or nothing where the client does not tell
	 */
	OptionalInt leased();

	/**
	 * Connections that wait in the pool now.
	 * @return the count, or nothing where the client does not tell
	 */
	OptionalInt idle();

	/**
	 * Connections that stay out.
	 * @param limit how long they may take to come back
	 * @return the last count, zero as soon as it is
	 */
	default OptionalInt leftBehind(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		OptionalInt leased = leased();
		while (leased.orElse(0) != 0 && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			leased = leased();
		}
		return leased;
	}

}
