/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import org.jspecify.annotations.Nullable;

/**
 * How long the task of the calling thread has waited for a processor before it began. On
 * virtual threads that is where requests queue when they calculate: each has a thread at
 * once, few run, and the wait is over when the first filter sees them.
 *
 * @since 0.1.0
 */
public final class SchedulingDelay {

	/** Anything shorter is no wait: nothing is kept for it. */
	private static final long NOTICED_NANOS = 10_000_000;

	private static final ThreadLocal<@Nullable Long> DELAY = new ThreadLocal<>();

	private SchedulingDelay() {
	}

	/**
	 * Measures how long a task waits, from now on. For executors that start a thread for
	 * each task: what is kept for the thread goes with it.
	 * @param task the task
	 * @return the task to be run in its place
	 */
	public static Runnable measured(Runnable task) {
		long submitted = System.nanoTime();
		return () -> {
			long waited = System.nanoTime() - submitted;
			if (waited >= NOTICED_NANOS) {
				DELAY.set(waited);
			}
			task.run();
		};
	}

	/**
	 * How long the task has waited. Only the first request of a task has waited for it.
	 * @return nanoseconds, 0 when asked again and where nobody measures
	 */
	static long take() {
		Long waited = DELAY.get();
		if (waited == null) {
			return 0;
		}
		DELAY.remove();
		return waited;
	}

}
