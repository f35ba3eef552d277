/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all running calls of all clients, again and again, and cuts those whose time
 * is over: what a socket's own timeout cannot do for a drip, a write or a handshake. One
 * thread; it sleeps when there has been nothing to look at for a while.
 */
final class Watchdog implements AutoCloseable {

	/** Limits are late by at most this much, and by half of it as a rule. */
	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(20);

	/** Rounds without a call before the thread sleeps until it is woken. */
	private static final int IDLE_ROUNDS = 100;

	private static final Logger LOGGER = System.getLogger(Watchdog.class.getName());

	private final Set<Call> calls = ConcurrentHashMap.newKeySet();

	private final Thread thread = new Thread(this::run, "holdfast-client-watchdog");

	private volatile boolean asleep;

	private volatile boolean closed;

	private volatile boolean gone;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Runnable ended;

	Watchdog(Runnable ended) {
		this.ended = ended;
		this.thread.setDaemon(true);
	}

	/**
	 * Starts the thread, with the first that needs it.
	 */
	private void start() {
		if (this.started.compareAndSet(false, true)) {
			this.thread.start();
		}
	}

	void watch(Call call) {
		if (!this.started.get()) {
			start();
		}
		this.calls.add(call);
		// the thread looks for calls once more after it has said that it sleeps
		if (this.asleep) {
			LockSupport.unpark(this.thread);
		}
	}

	void forget(Call call) {
		this.calls.remove(call);
	}

	Set<Call> calls() {
		return this.calls;
	}

	/**
	 * Whether nobody looks at the calls any more.
	 * @return {@code true} once the thread has ended
	 */
	boolean isGone() {
		return this.gone;
	}

	private void run() {
		try {
			rounds();
		}
		finally {
			this.gone = true;
			if (!this.closed) {
				this.ended.run();
			}
		}
	}

	private void rounds() {
		int idle = 0;
		while (!this.closed) {
			idle = this.calls.isEmpty() ? idle + 1 : 0;
			if (idle > IDLE_ROUNDS) {
				sleep();
				idle = 0;
			}
			else {
				LockSupport.parkNanos(this, TICK);
				// a pending interrupt would turn the pauses into a busy loop
				Thread.interrupted();
			}
			this.calls.forEach(Watchdog::check);
		}
	}

	private void sleep() {
		this.asleep = true;
		while (this.calls.isEmpty() && !this.closed) {
			LockSupport.park(this);
			Thread.interrupted();
		}
		this.asleep = false;
	}

	// whatever one call does, the others are looked at
	private static void check(Call call) {
		try {
			call.check();
		}
		catch (Throwable ex) {
			LOGGER.log(Level.WARNING, "A call could not be cut", ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

}
