/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Says how long ago the body of a request was read last: the time of a request counts
 * from its end. A body that nobody reads to its end ends with the last read.
 */
final class BodyClock {

	private final RunningRequest running;

	private final Ticker ticker;

	private final Runnable whenEnded;

	private volatile long lastNanos;

	private volatile boolean reading;

	private volatile boolean ended;

	/**
	 * A clock that begins with the request.
	 * @param running the request
	 * @param ticker clock
	 * @param whenEnded told once the end of the body was read, on the reading thread
	 */
	BodyClock(RunningRequest running, Ticker ticker, Runnable whenEnded) {
		this.running = running;
		this.ticker = ticker;
		this.whenEnded = whenEnded;
		this.lastNanos = ticker.nanos();
	}

	/**
	 * Time since the last read.
	 * @return the time, {@code null} while a read goes on
	 */
	@Nullable Duration sinceLastRead() {
		// in this order: a read that begins in between counts as one that went on
		Duration since = Duration.ofNanos(Math.max(0, this.ticker.nanos() - this.lastNanos));
		return this.reading ? null : since;
	}

	void readBegins() {
		if (this.ended) {
			return;
		}
		this.reading = true;
		if (this.running.lifetime().deadline().isBounded()) {
			// it has begun while nobody read, too early as we see now
			this.running.liftDeadline();
		}
	}

	/**
	 * A read is over.
	 * @param atEnd whether there is no more to read
	 */
	void readEnds(boolean atEnd) {
		if (this.ended) {
			return;
		}
		this.lastNanos = this.ticker.nanos();
		this.reading = false;
		if (atEnd) {
			this.ended = true;
			this.whenEnded.run();
		}
	}

}
