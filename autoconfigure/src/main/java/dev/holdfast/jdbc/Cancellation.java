/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.report.Mode;

/**
 * How the end of a request reaches its statements, and how often it did.
 */
final class Cancellation implements AutoCloseable {

	/** How long a statement that is over waits for a cancel of it that is under way. */
	static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Mode mode;

	private final Duration patience;

	private final Canceller canceller = new Canceller();

	private final Map<Cancelled, LongAdder> counts = new EnumMap<>(Cancelled.class);

	Cancellation(Mode mode, Duration patience) {
		this.mode = mode;
		this.patience = patience;
		for (Cancelled what : Cancelled.values()) {
			this.counts.put(what, new LongAdder());
		}
	}

	Mode mode() {
		return this.mode;
	}

	/**
	 * Counts what is not to be done any more.
	 * @param what what it is
	 * @return whether it is really not done
	 */
	boolean stops(Cancelled what) {
		count(what).increment();
		return isEnforced();
	}

	boolean isEnforced() {
		return this.mode == Mode.ENFORCE;
	}

	LongAdder count(Cancelled what) {
		LongAdder count = this.counts.get(what);
		if (count == null) {
			throw new IllegalArgumentException("Not counted: " + what);
		}
		return count;
	}

	Duration patience() {
		return this.patience;
	}

	Canceller canceller() {
		return this.canceller;
	}

	@Override
	public void close() {
		this.canceller.close();
	}

}
