/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Looks at all requests that run, again and again, so that no request needs a thread or a
 * timer of its own. While nothing runs it rests: the next request wakes it, at the price
 * of one volatile read for each that finds it awake. Requests that are over within a
 * round are mostly never looked at.
 *
 * @since 0.1.0
 */
public final class Patrol implements AutoCloseable {

	/** Time from one look to the next. */
	public static final Duration ROUND = Duration.ofMillis(50);

	private static final Logger LOGGER = System.getLogger(Patrol.class.getName());

	private final RunningRequests running;

	// touched by the one thread only
	private final Set<Class<?>> failed = new HashSet<>();

	private volatile @Nullable Thread thread;

	/**
	 * A patrol that has yet to be started.
	 * @param running the requests
	 */
	public Patrol(RunningRequests running) {
		this.running = running;
	}

	/**
	 * Starts the one thread.
	 */
	public void start() {
		Thread started = new Thread(this::patrol, "holdfast-requests");
		started.setDaemon(true);
		this.thread = started;
		started.start();
	}

	/**
	 * Ends the thread, at the latest after the round that it is in.
	 */
	@Override
	public void close() {
		Thread stopped = this.thread;
		this.thread = null;
		LockSupport.unpark(stopped);
	}

	private void patrol() {
		Thread self = Thread.currentThread();
		while (this.thread == self) {
			if (this.running.isEmpty()) {
				rest(self);
			}
			else {
				LockSupport.parkNanos(this, ROUND.toNanos());
				round();
			}
			// an inspection may have left one behind: then parking would be spinning
			Thread.interrupted();
		}
	}

	private void rest(Thread self) {
		this.running.wakeWithTheNext(self);
		// One that came before we were known woke nobody. A close in this place leaves
		// its permit: we do not park.
		if (this.running.isEmpty() && this.thread == self) {
			LockSupport.park(this);
		}
	}

	void round() {
		this.running.forEach(this::look);
	}

	private void look(RunningRequest request) {
		Duration age = this.running.age(request);
		for (Inspection inspection : request.inspections()) {
			if (inspection != null) {
				look(inspection, request, age);
			}
		}
	}

	// whatever fails, the others are looked at, now and in the next round
	private void look(Inspection inspection, RunningRequest request, Duration age) {
		try {
			inspection.inspect(request, age);
		}
		catch (RuntimeException | Error ex) {
			if (this.failed.add(inspection.getClass())) {
				LOGGER.log(Level.WARNING, "An inspection of running requests failed; further failures of "
						+ inspection.getClass().getName() + " are not logged", ex);
			}
		}
	}

}
