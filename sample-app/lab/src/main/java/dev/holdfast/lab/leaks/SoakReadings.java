/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/**
 * What readers of the endpoint have seen. Each reader has its own until it has ended.
 */
final class SoakReadings {

	private final Histogram micros = new Histogram(2);

	/** Most at once, by kind of a suspicion. */
	private final Map<String, Long> suspected = new TreeMap<>();

	private final Map<String, Long> findings = new TreeMap<>();

	private final Map<String, Long> failures = new TreeMap<>();

	private long leases;

	private long reclaimed;

	private long late;

	void answered(long nanos, int status, String body) {
		this.micros.recordValue(nanos / 1000);
		if (status != 200) {
			failed("status " + status);
			return;
		}
		try {
			add(LeakTotals.parse(body));
		}
		catch (RuntimeException ex) {
			failed(ex.toString());
		}
	}

	private void add(LeakTotals totals) {
		totals.suspected().forEach((kind, count) -> this.suspected.merge(kind, count, Math::max));
		totals.findings().forEach((id) -> this.findings.merge(id, 1L, Long::sum));
		this.leases = Math.max(this.leases, totals.leases());
		this.reclaimed = Math.max(this.reclaimed, totals.reclaimed());
		this.late = Math.max(this.late, totals.late());
	}

	void failed(String how) {
		this.failures.merge(how, 1L, Long::sum);
	}

	void add(SoakReadings other) {
		this.micros.add(other.micros);
		other.suspected.forEach((kind, count) -> this.suspected.merge(kind, count, Math::max));
		other.findings.forEach((id, count) -> this.findings.merge(id, count, Long::sum));
		other.failures.forEach((how, count) -> this.failures.merge(how, count, Long::sum));
		this.leases = Math.max(this.leases, other.leases);
		this.reclaimed = Math.max(this.reclaimed, other.reclaimed);
		this.late = Math.max(this.late, other.late);
	}

	/**
	 * Readings that were answered, however.
	 * @return the number
	 */
	long answers() {
		return this.micros.getTotalCount();
	}

	double millis(double percentile) {
		return this.micros.getValueAtPercentile(percentile) / 1000.0;
	}

	Map<String, Long> suspected() {
		return Map.copyOf(this.suspected);
	}

	Map<String, Long> findings() {
		return Map.copyOf(this.findings);
	}

	/**
	 * Readings without an answer that can be used.
	 * @return how many, by what was the matter
	 */
	Map<String, Long> failures() {
		return Map.copyOf(this.failures);
	}

	long failed() {
		return this.failures.values().stream().mapToLong(Long::longValue).sum();
	}

	long leases() {
		return this.leases;
	}

	long reclaimed() {
		return this.reclaimed;
	}

	long late() {
		return this.late;
	}

}
