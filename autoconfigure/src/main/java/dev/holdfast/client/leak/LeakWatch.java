/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The thread that looks, while the application runs.
 */
final class LeakWatch implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(LeakWatch.class);

	private static final Duration SLOWEST = Duration.ofSeconds(1);

	private final long pause;

	private final Runnable look;

	private volatile Thread thread = new Thread();

	private volatile boolean running;

	private final ReentrantLock looking = new ReentrantLock();

	// under the lock
	private boolean failing;

	/**
	 * A watch that has not been started.
	 * @param suspectAfter age from which leases are suspected: it is looked several times
	 * within it, and at least once a second
	 * @param look what is done each time
	 */
	LeakWatch(Duration suspectAfter, Runnable look) {
		this.pause = Math.min(SLOWEST.toNanos(), suspectAfter.toNanos() / 4);
		this.look = look;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		Thread started = new Thread(this::run, "holdfast-leaks");
		started.setDaemon(true);
		this.thread = started;
		started.start();
	}

	private void run() {
		Thread self = Thread.currentThread();
		while (this.running && this.thread == self) {
			LockSupport.parkNanos(this, this.pause);
			Thread.interrupted();
			// after a quick restart the thread before may still be looking
			this.looking.lock();
			try {
				if (this.running && this.thread == self) {
					look();
				}
			}
			finally {
				this.looking.unlock();
			}
		}
	}

	private void look() {
		try {
			this.look.run();
			if (this.failing) {
				this.failing = false;
				LOGGER.info("Leases are looked at again");
			}
		}
		catch (Throwable ex) {
			// one look that fails must not be the last, nor be told every second
			if (this.running && !this.failing) {
				this.failing = true;
				LOGGER.warn("Leases could not be looked at; it is tried again every {} ms",
						TimeUnit.NANOSECONDS.toMillis(this.pause), ex);
			}
		}
	}

	@Override
	public void stop() {
		this.running = false;
		LockSupport.unpark(this.thread);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
