/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that wants nothing but to wake up on time: when it is late, so is everything
 * else that this JVM measures.
 */
public final class IdleTicker implements AutoCloseable {

	/** More than this, and what was measured tells nothing. */
	public static final double LIMIT_MILLIS = 20;

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final Thread thread = new Thread(this::run, "idle-ticker");

	private volatile long latestNanos;

	private volatile boolean stopped;

	public static IdleTicker start() {
		IdleTicker ticker = new IdleTicker();
		ticker.thread.setDaemon(true);
		ticker.thread.start();
		return ticker;
	}

	private void run() {
		while (!this.stopped) {
			long due = System.nanoTime() + PERIOD_NANOS;
			for (long left = PERIOD_NANOS; left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			this.latestNanos = Math.max(this.latestNanos, System.nanoTime() - due);
		}
	}

	/**
	 * How late it was at worst.
	 * @return milliseconds
	 */
	public double lateMillis() {
		return this.latestNanos / 1e6;
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
