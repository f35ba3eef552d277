/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Refusals by reason and priority.
 */
final class ShedCounts {

	private final Map<ShedReason, Map<Priority, LongAdder>> counts = new EnumMap<>(ShedReason.class);

	ShedCounts() {
		for (ShedReason reason : ShedReason.values()) {
			Map<Priority, LongAdder> byPriority = new EnumMap<>(Priority.class);
			for (Priority priority : Priority.values()) {
				byPriority.put(priority, new LongAdder());
			}
			this.counts.put(reason, byPriority);
		}
	}

	void increment(ShedReason reason, Priority priority) {
		of(reason, priority).increment();
	}

	long count(ShedReason reason, Priority priority) {
		return of(reason, priority).sum();
	}

	Map<Priority, Map<ShedReason, Long>> byPriority() {
		Map<Priority, Map<ShedReason, Long>> all = new EnumMap<>(Priority.class);
		for (Priority priority : Priority.values()) {
			Map<ShedReason, Long> byReason = new EnumMap<>(ShedReason.class);
			this.counts.keySet().forEach((reason) -> byReason.put(reason, count(reason, priority)));
			all.put(priority, byReason);
		}
		return all;
	}

	private LongAdder of(ShedReason reason, Priority priority) {
		return Objects.requireNonNull(Objects.requireNonNull(this.counts.get(reason)).get(priority));
	}

}
