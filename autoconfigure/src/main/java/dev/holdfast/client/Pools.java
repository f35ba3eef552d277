/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.holdfast.report.Finding;

/**
 * All pools there are, and what was found about clients while they were built.
 */
public final class Pools {

	private final List<Pool> pools = new CopyOnWriteArrayList<>();

	private final List<Finding> findings = new CopyOnWriteArrayList<>();

	private final List<Consumer<Pool>> listeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<Pool>> removals = new CopyOnWriteArrayList<>();

	/** What pools had done that are gone. */
	private final AtomicReference<Traffic> gone = new AtomicReference<>(new Traffic(0, 0));

	private volatile boolean bounding;

	private volatile boolean alive = true;

	/**
	 * Adds a pool and tells who listens.
	 * @param pool the pool
	 */
	public void add(Pool pool) {
		this.pools.add(pool);
		this.listeners.forEach((listener) -> listener.accept(pool));
	}

	/**
	 * Removes a pool that was closed, and tells who listens.
	 * @param pool the pool
	 */
	public void remove(Pool pool) {
		if (this.pools.remove(pool)) {
			this.gone.accumulateAndGet(traffic(pool), Pools::sum);
		}
		this.removals.forEach((listener) -> listener.accept(pool));
	}

	void onRemoval(Consumer<Pool> listener) {
		this.removals.add(listener);
	}

	/**
	 * All pools.
	 * @return a snapshot
	 */
	public List<Pool> all() {
		return List.copyOf(this.pools);
	}

	/**
	 * What all clients have done since the start, those that are gone included.
	 * @return the counts
	 */
	public Traffic traffic() {
		return this.pools.stream().map(Pools::traffic).reduce(this.gone.get(), Pools::sum);
	}

	private static Traffic traffic(Pool pool) {
		long leases = 0;
		long opened = 0;
		for (TargetStats target : pool.stats().targets()) {
			leases += target.leases().count();
			opened += target.openedCount();
		}
		return new Traffic(leases, opened);
	}

	private static Traffic sum(Traffic left, Traffic right) {
		return new Traffic(left.leases() + right.leases(), left.opened() + right.opened());
	}

	/**
	 * Adds what was found; the same is added once.
	 * @param finding the finding
	 */
	public void found(Finding finding) {
		if (!this.findings.contains(finding)) {
			this.findings.add(finding);
		}
	}

	List<Finding> findings() {
		return List.copyOf(this.findings);
	}

	/**
	 * Says that what Boot builds is bounded.
	 */
	public void bounding() {
		this.bounding = true;
	}

	boolean isBounding() {
		return this.bounding;
	}

	/**
	 * Says that a thread which looks after the pools has ended.
	 */
	public void unattended() {
		this.alive = false;
	}

	boolean isAttended() {
		return this.alive;
	}

	void onEach(Consumer<Pool> listener) {
		this.listeners.add(listener);
		this.pools.forEach(listener);
	}

	/**
	 * What clients have done.
	 *
	 * @param leases connections leased
	 * @param opened connections opened
	 */
	public record Traffic(long leases, long opened) {
	}

}
