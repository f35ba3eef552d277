/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Table of the requests that run.
 *
 * @since 0.1.0
 */
public final class RunningRequests {

	private final Set<RunningRequest> running = ConcurrentHashMap.newKeySet();

	private final LongAdder begun = new LongAdder();

	private final Ticker ticker;

	private volatile @Nullable Thread sleeper;

	/**
	 * An empty table.
	 * @param ticker clock that ages are measured with
	 */
	public RunningRequests(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Registers a request on the calling thread.
	 * @param method method of the request
	 * @param peer address of the peer
	 * @param lifetime lifetime of the request
	 * @return the entry, to be handed to {@link #end} exactly once
	 */
	public RunningRequest begin(String method, String peer, OwnedLifetime lifetime) {
		RunningRequest request = new RunningRequest(method, peer, lifetime, this.ticker.nanos());
		this.running.add(request);
		this.begun.increment();
		Thread patrol = this.sleeper;
		if (patrol != null) {
			this.sleeper = null;
			LockSupport.unpark(patrol);
		}
		return request;
	}

	/**
	 * Wakes a thread when the next request comes. It has to look once more before it
	 * parks: one may have come before it was known here.
	 * @param thread the thread
	 */
	void wakeWithTheNext(Thread thread) {
		this.sleeper = thread;
	}

	void forEach(Consumer<? super RunningRequest> action) {
		this.running.forEach(action);
	}

	/**
	 * Takes a request out.
	 * @param request the entry
	 */
	public void end(RunningRequest request) {
		this.running.remove(request);
		request.end();
	}

	/**
	 * The requests that run, oldest first.
	 * @return a copy
	 */
	public List<RunningRequest> oldestFirst() {
		long now = this.ticker.nanos();
		return this.running.stream()
			.sorted(Comparator.comparingLong((request) -> request.startedNanos() - now))
			.toList();
	}

	/**
	 * Age of a request.
	 * @param request the entry
	 * @return time since it was registered
	 */
	public Duration age(RunningRequest request) {
		return Duration.ofNanos(Math.max(0, this.ticker.nanos() - request.startedNanos()));
	}

	/**
	 * How many requests have come since the start.
	 * @return the count
	 */
	public long begun() {
		return this.begun.sum();
	}

	boolean isEmpty() {
		return this.running.isEmpty();
	}

	/**
	 * How many requests run.
	 * @return the number now
	 */
	public int size() {
		return this.running.size();
	}

	/**
	 * How many requests run although their lifetime has ended.
	 * @return the number now
	 */
	public int ghosts() {
		return (int) this.running.stream().filter((request) -> request.lifetime().endReason() != null).count();
	}

}
