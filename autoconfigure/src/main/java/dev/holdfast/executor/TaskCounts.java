/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of tasks.
 */
final class TaskCounts {

	private final LongAdder refused = new LongAdder();

	private final LongAdder aged = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final LongAdder running = new LongAdder();

	void refuse() {
		this.refused.increment();
	}

	void late(LateReason reason) {
		late(reason == LateReason.AGE).increment();
	}

	private LongAdder late(boolean aged) {
		return aged ? this.aged : this.ended;
	}

	void start() {
		this.running.increment();
	}

	void finish() {
		this.running.decrement();
	}

	long refused() {
		return this.refused.sum();
	}

	long lateBy(LateReason reason) {
		return late(reason == LateReason.AGE).sum();
	}

	long running() {
		return this.running.sum();
	}

}
