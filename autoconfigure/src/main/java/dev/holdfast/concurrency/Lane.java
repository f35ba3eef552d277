/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.ArrayDeque;

/**
 * Requests that share a route's limit and priority within a {@link Limiter}. A lane
 * belongs to the limiter that made it.
 *
 * @since 0.1.0
 */
public final class Lane {

	private final String name;

	private final int index;

	final BoundedCounter held = new BoundedCounter();

	/** Who waits, oldest first; for tasks of the queue. */
	final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

	/** When the first of those who wait now came; written by tasks of the queue. */
	volatile long notEmptySince;

	Lane(String name, int index) {
		this.name = name;
		this.index = index;
	}

	/**
	 * Name of the route.
	 * @return the name, empty for requests that match no route
	 */
	public String name() {
		return this.name;
	}

	int index() {
		return this.index;
	}

	boolean isFull(LaneBounds bounds) {
		return this.held.held() >= bounds.own();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
