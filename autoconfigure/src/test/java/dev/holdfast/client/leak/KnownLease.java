/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;

import dev.holdfast.leak.Activity;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Use;
import org.jspecify.annotations.Nullable;

/**
 * A lease as a test wants it.
 *
 * @param pool name of the pool
 * @param number tells it from others
 * @param activity what is done with it
 * @param isCollected whether nobody has it any more
 * @param owner the thread that took it
 * @param taken where
 */
record KnownLease(String pool, int number, Activity activity, boolean isCollected, @Nullable Thread owner,
		Throwable taken) implements Lease {

	static final Duration AGE = Duration.ofMinutes(2);

	static KnownLease abandoned(String pool, int number) {
		return new KnownLease(pool, number, Activity.APPLICATION, false, Thread.currentThread(), here());
	}

	static KnownLease collected(String pool, int number) {
		return new KnownLease(pool, number, Activity.APPLICATION, true, null, here());
	}

	static KnownLease waiting(String pool, int number) {
		return new KnownLease(pool, number, Activity.RECEIVING, false, Thread.currentThread(), here());
	}

	private static Throwable here() {
		return new Throwable("Taken here");
	}

	KnownLease of(Thread thread) {
		return new KnownLease(this.pool, this.number, this.activity, this.isCollected, thread, this.taken);
	}

	@Override
	public String target() {
		return "http://" + this.pool + ":80";
	}

	@Override
	public String operation() {
		return "GET /quotes/{id}";
	}

	@Override
	public Origin origin() {
		return Origin.of("GET", "/orders/{id}", "Orders#show", true);
	}

	@Override
	public Use use() {
		return new Use(this.activity, AGE.toNanos(), AGE.toNanos(), 0, 77);
	}

	@Override
	public boolean isStream() {
		return false;
	}

	@Override
	public Ends ends() {
		return new Ends(KnownSockets.local(this.number), KnownSockets.peer());
	}

	@Override
	public boolean reclaim() {
		return true;
	}

}
