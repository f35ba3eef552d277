/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for a permit. Tasks of the queue write to it, and its answer only
 * once; the thread reads.
 */
final class Waiter {

	final Lane lane;

	final Thread thread = Thread.currentThread();

	/** Its place among those who came; for tasks of the queue. */
	long arrival;

	/** Whether it waits beyond the bound of the queue. */
	private volatile boolean extra;

	private volatile @Nullable Admission answer;

	Waiter(Lane lane) {
		this.lane = lane;
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
	}

}
