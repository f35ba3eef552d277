/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The database's side of {@link SlowQuery}: a Java alias of H2, which calls it by
 * reflection and therefore needs it public.
 */
public final class DatabasePause {

	private DatabasePause() {
	}

	/**
	 * Waits until a number of milliseconds has passed since the statement began. As the
	 * point to wait for is absolute, late wake-ups of earlier calls do not add up.
	 * <p>
	 * The thread's interrupt is kept for the caller and ends nothing: a database on
	 * another machine would not see it either. Only {@code Statement.cancel()} ends a
	 * statement.
	 * @param startNanos the {@link System#nanoTime()} at which the statement began
	 * @param millis the milliseconds since then
	 * @return always {@code true}, so that it can stand in a condition
	 */
	public static boolean until(long startNanos, long millis) {
		long end = startNanos + TimeUnit.MILLISECONDS.toNanos(millis);
		boolean interrupted = false;
		for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
			interrupted |= Thread.interrupted();
			LockSupport.parkNanos(left);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return true;
	}

}
