/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few threads that tell databases to cancel. A cancel opens a connection of its own
 * and blocks for as long as a driver likes when the host is gone: neither the thread that
 * ends a request nor the timer can wait for that.
 */
final class Canceller implements AutoCloseable {

	private static final Logger LOGGER = LoggerFactory.getLogger(Canceller.class);

	private static final int THREADS = 4;

	private static final int QUEUE = 1_000;

	private static final Duration IDLE = Duration.ofSeconds(10);

	private final ScheduledThreadPoolExecutor executor;

	private final AtomicBoolean warned = new AtomicBoolean();

	Canceller() {
		AtomicInteger count = new AtomicInteger();
		this.executor = new ScheduledThreadPoolExecutor(THREADS, (task) -> {
			Thread thread = new Thread(task, "holdfast-jdbc-cancel-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task on one of the threads, unless too many wait already.
	 * @param delay time until it may run
	 * @param task the task; it must contain its failures
	 */
	void submit(Duration delay, Runnable task) {
		try {
			if (this.executor.getQueue().size() < QUEUE) {
				Future<?> unused = this.executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			// the application has been stopped
		}
		if (this.warned.compareAndSet(false, true)) {
			LOGGER.warn("{} cancels wait: statements of further requests that have ended run on", QUEUE);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
