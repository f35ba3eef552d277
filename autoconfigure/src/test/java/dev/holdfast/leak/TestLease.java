/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A lease that is as a test says.
 */
final class TestLease implements Lease {

	private final String pool;

	private final String operation;

	private Use use = new Use(Activity.APPLICATION, 0, 0, 0, 0);

	private Origin origin = Origin.NONE;

	private @Nullable Thread owner = Thread.currentThread();

	private @Nullable Throwable taken;

	private boolean stream;

	private boolean collected;

	private boolean reclaimable = true;

	private int reclaims;

	TestLease() {
		this("quotes");
	}

	TestLease(String pool) {
		this(pool, "GET /quotes/{id}");
	}

	TestLease(String pool, String operation) {
		this.pool = pool;
		this.operation = operation;
	}

	TestLease in(Activity activity) {
		this.use = new Use(activity, this.use.ageNanos(), this.use.stillNanos(), this.use.waitedNanos(),
				this.use.bytes());
		return this;
	}

	/** Time passes and nothing happens. */
	TestLease idle(Duration time) {
		boolean waits = this.use.activity() != Activity.APPLICATION && this.use.activity() != Activity.PRODUCING;
		this.use = new Use(this.use.activity(), this.use.ageNanos() + time.toNanos(),
				this.use.stillNanos() + time.toNanos(), this.use.waitedNanos() + (waits ? time.toNanos() : 0),
				this.use.bytes());
		return this;
	}

	/** Bytes move at the end of a wait. */
	TestLease moves(long bytes, Duration wait) {
		long waited = wait.toNanos();
		this.use = new Use(this.use.activity(), this.use.ageNanos() + waited, 0, this.use.waitedNanos() + waited,
				this.use.bytes() + bytes);
		return this;
	}

	TestLease during(Origin request) {
		this.origin = request;
		return this;
	}

	TestLease ownedBy(@Nullable Thread thread) {
		this.owner = thread;
		return this;
	}

	TestLease takenAt(@Nullable Throwable here) {
		this.taken = here;
		return this;
	}

	TestLease streaming() {
		this.stream = true;
		return this;
	}

	TestLease collect() {
		this.collected = true;
		return this;
	}

	TestLease notReclaimable() {
		this.reclaimable = false;
		return this;
	}

	int reclaims() {
		return this.reclaims;
	}

	@Override
	public String pool() {
		return this.pool;
	}

	@Override
	public String target() {
		return "http://quotes.test:80";
	}

	@Override
	public String operation() {
		return this.operation;
	}

	@Override
	public Origin origin() {
		return this.origin;
	}

	@Override
	public Use use() {
		return this.use;
	}

	@Override
	public boolean isStream() {
		return this.stream;
	}

	@Override
	public boolean isCollected() {
		return this.collected;
	}

	@Override
	public @Nullable Thread owner() {
		return this.owner;
	}

	@Override
	public @Nullable Throwable taken() {
		return this.taken;
	}

	@Override
	public @Nullable Ends ends() {
		return null;
	}

	@Override
	public boolean reclaim() {
		this.reclaims++;
		return this.reclaimable;
	}

	@Override
	public String toString() {
		return this.pool + " " + this.operation + " for " + TimeUnit.NANOSECONDS.toMillis(this.use.ageNanos()) + " ms";
	}

}
