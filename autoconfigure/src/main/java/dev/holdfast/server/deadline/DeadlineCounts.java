/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.inflight.Phase;

/**
 * Requests whose time was over, by where they were then, whether they were ended or not.
 */
final class DeadlineCounts {

	private final Map<Phase, LongAdder> exceeded = new EnumMap<>(Phase.class);

	private final LongAdder closed = new LongAdder();

	DeadlineCounts() {
		for (Phase phase : Phase.values()) {
			this.exceeded.put(phase, new LongAdder());
		}
	}

	void increment(Phase phase) {
		adder(phase).increment();
	}

	long exceeded(Phase phase) {
		return adder(phase).sum();
	}

	void closed() {
		this.closed.increment();
	}

	long closedCount() {
		return this.closed.sum();
	}

	private LongAdder adder(Phase phase) {
		return Objects.requireNonNull(this.exceeded.get(phase));
	}

}
