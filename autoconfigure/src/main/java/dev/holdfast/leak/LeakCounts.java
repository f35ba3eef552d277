/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What has been suspected and taken back since the start, by pool.
 *
 * @since 0.1.0
 */
public final class LeakCounts {

	private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

	private final List<Consumer<Key>> listeners = new CopyOnWriteArrayList<>();

	private final LongAdder late = new LongAdder();

	/**
	 * Tells of everything that is counted, from now on and so far.
	 * @param listener told each key once
	 */
	public void onEach(Consumer<Key> listener) {
		this.listeners.add(listener);
		this.counts.keySet().forEach(listener);
	}

	void suspected(String pool, SuspicionKind kind) {
		count(new Key(pool, kind.label(), false));
	}

	void reclaimed(String pool, Reclaim tier) {
		count(new Key(pool, tier.label(), true));
	}

	private void count(Key key) {
		LongAdder adder = this.counts.get(key);
		if (adder == null) {
			adder = this.counts.computeIfAbsent(key, (unused) -> new LongAdder());
			this.listeners.forEach((listener) -> listener.accept(key));
		}
		adder.increment();
	}

	void late() {
		this.late.increment();
	}

	/**
	 * How often something has happened.
	 * @param key what
	 * @return the count
	 */
	public long of(Key key) {
		LongAdder adder = this.counts.get(key);
		return (adder != null) ? adder.sum() : 0;
	}

	/**
	 * Suspected leases that were given back after all.
	 * @return the count
	 */
	public long lateCount() {
		return this.late.sum();
	}

	/**
	 * What is counted.
	 *
	 * @param pool name of the pool
	 * @param label kind of the suspicion, or tier of what was taken back
	 * @param reclaimed whether it was taken back
	 */
	public record Key(String pool, String label, boolean reclaimed) {
	}

}
