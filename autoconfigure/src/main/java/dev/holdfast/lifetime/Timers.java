/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.Lifetime.Registration;

/**
 * The one timer that all lifetimes share, started by the first that needs it.
 */
final class Timers {

	private Timers() {
	}

	static Registration at(Deadline deadline, Runnable action) {
		if (!deadline.isBounded()) {
			return OwnedLifetime.NOTHING_REGISTERED;
		}
		ScheduledFuture<?> timer = Shared.TIMER.schedule(action, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
		return () -> timer.cancel(false);
	}

	static int pending() {
		return Shared.TIMER.getQueue().size();
	}

	/**
	 * Holder that starts the thread lazily.
	 */
	private static final class Shared {

		static final ScheduledThreadPoolExecutor TIMER = create();

		private static ScheduledThreadPoolExecutor create() {
			ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread thread = new Thread(task, "holdfast-timer");
				thread.setDaemon(true);
				return thread;
			});
			// a cancelled timer must not keep its request in memory until it is due
			timer.setRemoveOnCancelPolicy(true);
			return timer;
		}

	}

}
