/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for a permit. The answer is written once, under the lock of the
 * queue, and read by the thread without it.
 */
final class Waiter {

	final Lane lane;

	final long arrival;

	private final Thread thread = Thread.currentThread();

	/**
	 * Whether it waits beyond the bound of the queue; guarded by the lock of the queue.
	 */
	private volatile boolean extra;

	private volatile @Nullable Admission answer;

	Waiter(Lane lane, long arrival) {
		this.lane = lane;
		this.arrival = arrival;
	}

	boolean isExtra() {
		return this.extra;
	}

	void extra(boolean beyondBound) {
		this.extra = beyondBound;
	}

	@Nullable Admission answer() {
		return this.answer;
	}

	void answer(Admission given) {
		this.answer = given;
		LockSupport.unpark(this.thread);
	}

}
