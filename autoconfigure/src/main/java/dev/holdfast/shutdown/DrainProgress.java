/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * How far a drain has come: its state and its times, which change together under one
 * lock. Nobody is told anything with the lock held, so that readers never wait for long.
 */
final class DrainProgress {

	private final Ticker ticker;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private DrainState state = DrainState.SERVING;

	private @Nullable DrainTrigger trigger;

	private long startedNanos;

	private long windowNanos;

	DrainProgress(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Begins, unless a drain has begun before.
	 * @param next the state from now on
	 * @param by what begins it
	 * @param window time for which everything is still served
	 * @return whether this call began it
	 */
	boolean begin(DrainState next, DrainTrigger by, Duration window) {
		this.lock.lock();
		try {
			if (this.state != DrainState.SERVING) {
				return false;
			}
			this.state = next;
			this.trigger = by;
			this.startedNanos = this.ticker.nanos();
			this.windowNanos = window.toNanos();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Goes on as one that cannot be taken back.
	 * @param window time for which everything is served, counted from its beginning; a
	 * longer one than before does not count
	 * @return whether this call changed the state
	 */
	boolean stop(Duration window) {
		this.lock.lock();
		try {
			if (this.state == DrainState.STOPPING) {
				return false;
			}
			this.state = DrainState.STOPPING;
			this.windowNanos = Math.min(this.windowNanos, window.toNanos());
			this.changed.signalAll();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes the drain back.
	 * @return how long it has lasted, or {@code null} if there is none that can be taken
	 * back
	 */
	@Nullable Duration takeBack() {
		this.lock.lock();
		try {
			if (this.state == DrainState.STOPPING || this.state == DrainState.SERVING) {
				return null;
			}
			this.state = DrainState.SERVING;
			this.trigger = null;
			this.changed.signalAll();
			return elapsed();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until the window is over.
	 * @param early whether it is over before its time
	 * @return whether it is over; {@code false} if the drain was taken back
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean await(BooleanSupplier early) throws InterruptedException {
		this.lock.lock();
		try {
			while (this.state != DrainState.SERVING) {
				long left = leftNanos();
				if (left <= 0 || early.getAsBoolean()) {
					return true;
				}
				long unused = this.changed.awaitNanos(Math.min(left, Rounds.PAUSE.toNanos()));
			}
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	Moment now() {
		this.lock.lock();
		try {
			if (this.state == DrainState.SERVING) {
				return new Moment(DrainState.SERVING, null, Duration.ZERO, Duration.ZERO);
			}
			long left = leftNanos();
			DrainState now = (this.state == DrainState.DRAINING && left <= 0) ? DrainState.DRAINED : this.state;
			return new Moment(now, this.trigger, elapsed(), Duration.ofNanos(Math.max(0, left)));
		}
		finally {
			this.lock.unlock();
		}
	}

	private Duration elapsed() {
		return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(this.ticker.nanos() - this.startedNanos));
	}

	private long leftNanos() {
		return this.windowNanos - (this.ticker.nanos() - this.startedNanos);
	}

	/**
	 * A drain at one moment.
	 *
	 * @param state where it is
	 * @param trigger what has begun it, {@code null} while the service serves
	 * @param since time since it began
	 * @param left what is left of the window
	 */
	record Moment(DrainState state, @Nullable DrainTrigger trigger, Duration since, Duration left) {
	}

}
