/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallLimits;
import dev.holdfast.failure.CallPhase;

/**
 * Whether a body flows, in either direction. What counts is the time spent waiting for
 * the peer: an application that reads slowly is not the peer's fault, one that has read
 * nothing for as long as a call may last has forgotten the response.
 * <p>
 * Written by the thread of the call, read by the watchdog: a figure that is one read old
 * does no harm.
 */
final class Flow {

	/** A body that flows is looked at again after this time. */
	static final long WINDOW = TimeUnit.SECONDS.toNanos(30);

	private volatile long bytes;

	private volatile long waited;

	private volatile long lastMoved;

	// of the watchdog
	private long seenBytes;

	private long seenWaited;

	private boolean spared;

	/**
	 * Counts what was sent or received.
	 * @param more bytes
	 * @param waitedInAll time spent waiting for the peer in this phase, in nanoseconds
	 * @param now age of the call, in nanoseconds
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	void moved(long more, long waitedInAll, long now) {
		// the thread of the call is the only writer
		this.bytes += more;
		this.waited = waitedInAll;
		this.lastMoved = now;
	}

	/**
	 * What has been sent and received.
	 * @return bytes
	 */
	long bytes() {
		return this.bytes;
	}

	/**
	 * Age of the call when something was last sent or received.
	 * @return nanoseconds
	 */
	long lastMoved() {
		return this.lastMoved;
	}

	/**
	 * Whether a call whose limit has passed may go on.
	 * @param phase what it is doing
	 * @param now age of the call, in nanoseconds
	 * @param limit limit of the call, in nanoseconds
	 * @return {@code true} while the body flows
	 */
	boolean continues(CallPhase phase, long now, long limit) {
		if (phase == CallPhase.HEADERS) {
			// an upload that flowed until here: the headers have a limit of their own
			return this.spared;
		}
		if (phase != CallPhase.BODY && phase != CallPhase.WRITE) {
			return false;
		}
		long moved = this.bytes - this.seenBytes;
		double seconds = Math.max(0, this.waited - this.seenWaited) / (double) TimeUnit.SECONDS.toNanos(1);
		boolean flows = (moved > 0) ? moved >= CallLimits.FLOW * seconds : now - this.lastMoved < limit;
		if (flows) {
			this.seenBytes = this.bytes;
			this.seenWaited = this.waited;
			this.spared = true;
		}
		return flows;
	}

}
