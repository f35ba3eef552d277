/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Refusals by reason and priority.
 */
final class ShedCounts {

	private final LongAdder[][] counts = new LongAdder[ShedReason.values().length][Priority.values().length];

	ShedCounts() {
		for (LongAdder[] byPriority : this.counts) {
			for (int i = 0; i < byPriority.length; i++) {
				byPriority[i] = new LongAdder();
			}
		}
	}

	void increment(ShedReason reason, Priority priority) {
		this.counts[reason.ordinal()][priority.ordinal()].increment();
	}

	long count(ShedReason reason, Priority priority) {
		return this.counts[reason.ordinal()][priority.ordinal()].sum();
	}

	Map<ShedReason, Long> byReason() {
		Map<ShedReason, Long> sums = new EnumMap<>(ShedReason.class);
		for (ShedReason reason : ShedReason.values()) {
			long sum = 0;
			for (LongAdder adder : this.counts[reason.ordinal()]) {
				sum += adder.sum();
			}
			sums.put(reason, sum);
		}
		return sums;
	}

}
