/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * What a call may take as a whole, counted from its beginning.
 */
final class CallLimit {

	private volatile long limit = PhaseClock.NEVER;

	private volatile long deadline = PhaseClock.NEVER;

	private volatile boolean hard;

	private volatile @Nullable Lifetime lender;

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
	 * @param from the lifetime
	 */
	void borrow(Lifetime from) {
		this.lender = from;
		this.deadline = Math.min(PhaseClock.NEVER, from.remaining().toNanos());
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
		Lifetime from = this.lender;
		if (from != null) {
			return isLent(from, now);
		}
		if (this.hard || !flow.continues(phase, now, this.limit)) {
			return false;
		}
		this.deadline = now + Flow.WINDOW;
		return true;
	}

	// a deadline may be lifted, as that of a request whose answer has begun
	private boolean isLent(Lifetime from, long now) {
		if (from.endReason() != null) {
			return false;
		}
		long lent = now + Math.min(PhaseClock.NEVER - now, from.remaining().toNanos());
		if (lent >= this.limit) {
			this.lender = null;
		}
		this.deadline = Math.min(lent, Math.max(this.limit, now + 1));
		return true;
	}

	/**
	 * What the caller is told.
	 * @param phase what the call was doing
	 * @param setting what sets the limit
	 * @return the reason
	 */
	Abort abort(CallPhase phase, String setting) {
		return (this.lender != null) ? Abort.ofLifetime(phase, EndReason.DEADLINE)
				: Abort.ofCall(phase, TimeUnit.NANOSECONDS.toMillis(this.limit), setting);
	}

}
