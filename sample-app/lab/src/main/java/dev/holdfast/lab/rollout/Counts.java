/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.Map;
import java.util.TreeMap;

import dev.holdfast.lab.load.Tally;

/**
 * How many requests there were, and what became of those that failed: everything but an
 * answer in time with status 2xx is a failure.
 *
 * @param requests all of them
 * @param failures number of failures by kind
 */
record Counts(long requests, Map<String, Long> failures) {

	static final Counts NONE = new Counts(0, Map.of());

	Counts {
		failures = Map.copyOf(failures);
	}

	static Counts of(Tally tally) {
		Counts counts = of(tally.offered(), tally.broken(), tally.late(), tally.statuses());
		Map<String, Long> failures = new TreeMap<>(counts.failures());
		// refusals of an instance are not those of a balancer
		tally.shedReasons().forEach((reason, count) -> {
			add(failures, "refused: " + reason, count);
			add(failures, "status 503", -count);
		});
		failures.values().removeIf((count) -> count == 0);
		return new Counts(counts.requests(), failures);
	}

	static Counts of(long requests, long broken, long late, Map<Integer, Long> statuses) {
		Map<String, Long> failures = new TreeMap<>();
		add(failures, "connection", broken);
		add(failures, "late", late);
		long answered = 0;
		for (Map.Entry<Integer, Long> status : statuses.entrySet()) {
			answered += status.getValue();
			if (status.getKey() / 100 != 2) {
				add(failures, "status " + status.getKey(), status.getValue());
			}
		}
		add(failures, "unaccounted", requests - broken - late - answered);
		return new Counts(requests, failures);
	}

	private static void add(Map<String, Long> failures, String kind, long count) {
		if (count != 0) {
			failures.merge(kind, count, Long::sum);
		}
	}

	Counts plus(Counts other) {
		Map<String, Long> sum = new TreeMap<>(this.failures);
		other.failures.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
		return new Counts(this.requests + other.requests, sum);
	}

	long failed() {
		return this.failures.values().stream().mapToLong(Long::longValue).sum();
	}

	String kinds() {
		return this.failures.isEmpty() ? "-" : new TreeMap<>(this.failures).toString();
	}

	@Override
	public String toString() {
		return failed() + " of " + this.requests + " failed" + (this.failures.isEmpty() ? "" : " " + kinds());
	}

}
