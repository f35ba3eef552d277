/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves when a test says so.
 */
public final class ManualTicker implements Ticker {

	private final AtomicLong nanos;

	public ManualTicker() {
		this(0);
	}

	public ManualTicker(long nanos) {
		this.nanos = new AtomicLong(nanos);
	}

	@Override
	public long nanos() {
		return this.nanos.get();
	}

	public void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
