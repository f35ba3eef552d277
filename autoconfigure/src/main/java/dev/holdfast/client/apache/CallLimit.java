/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.lifetime.EndReason;

/**
 * What a call may take as a whole, counted from its beginning.
 */
final class CallLimit {

	private volatile long limit = PhaseClock.NEVER;

	private volatile long deadline = PhaseClock.NEVER;

	private volatile boolean hard;

	private volatile boolean borrowed;

	private volatile boolean stream;

	/**
	 * Sets the limit.
	 * @param time longest time
	 * @param hard whether it holds for a body that flows, too
	 */
	void set(Duration time, boolean hard) {
		this.hard = hard;
		this.limit = Math.min(PhaseClock.NEVER, time.toNanos());
		this.deadline = this.limit;
	}

	/**
	 * Sets the limit to the time that the lifetime of the call has left.
	 * @param left what is left
	 */
	void borrow(Duration left) {
		this.borrowed = true;
		this.deadline = Math.min(PhaseClock.NEVER, left.toNanos());
	}

	/**
	 * Drops the limit: the body is an event stream.
	 */
	void stream() {
		this.stream = true;
		drop();
	}

	void drop() {
		this.deadline = PhaseClock.NEVER;
	}

	boolean isStream() {
		return this.stream;
	}

	/**
	 * Age of the call at which it is cut.
	 * @return nanoseconds
	 */
	long deadline() {
		return this.deadline;
	}

	/**
	 * Whether a call whose time is over goes on for a while, because its body flows.
	 * @param flow what moves
	 * @param phase what the call is doing
	 * @param now its age, in nanoseconds
	 * @return {@code true} if it was given more time
	 */
	boolean isSpared(Flow flow, CallPhase phase, long now) {
		if (this.hard || this.borrowed || !flow.continues(phase, now, this.limit)) {
			return false;
		}
		this.deadline = now + Flow.WINDOW;
		return true;
	}

	/**
	 * What the caller is told.
	 * @param phase what the call was doing
	 * @return the reason
	 */
	Abort abort(CallPhase phase) {
		return this.borrowed ? Abort.ofLifetime(phase, EndReason.DEADLINE)
				: Abort.ofCall(phase, TimeUnit.NANOSECONDS.toMillis(this.limit));
	}

}
