/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waiting.
 */
final class Pause {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private Pause() {
	}

	static void of(Duration length) throws InterruptedException {
		until(length, () -> false);
	}

	/**
	 * Looks again and again.
	 * @param limit how long at most
	 * @param condition what has to become true
	 * @return whether it has
	 * @throws InterruptedException if interrupted
	 */
	static boolean until(Duration limit, BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			long left = end - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			LockSupport.parkNanos(Math.min(left, POLL_NANOS));
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
		return true;
	}

}
