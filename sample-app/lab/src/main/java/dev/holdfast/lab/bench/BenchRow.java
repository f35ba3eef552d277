/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark at one number of threads.
 *
 * @param name its method
 * @param threads how many threads shared the subject
 * @param nanos time of a pair
 * @param median median of its iterations
 * @param error half the 99.9 % confidence interval of it
 * @param bytes bytes allocated by a pair
 */
record BenchRow(String name, int threads, double nanos, double median, double error, double bytes) {

	static final String FLOOR = "floor";

	static final String SUBJECT = "holdfast";

	private static final double MEDIAN = 50;

	static List<BenchRow> of(Collection<RunResult> results) {
		return results.stream()
			.map(BenchRow::of)
			.sorted(Comparator.comparingInt(BenchRow::threads).thenComparingDouble(BenchRow::nanos))
			.toList();
	}

	private static BenchRow of(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		double bytes = result.getSecondaryResults()
			.keySet()
			.stream()
			.filter((name) -> name.endsWith("gc.alloc.rate.norm"))
			.mapToDouble((name) -> Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore())
			.findFirst()
			.orElse(Double.NaN);
		return new BenchRow(benchmark.substring(benchmark.lastIndexOf('.') + 1), result.getParams().getThreads(),
				result.getPrimaryResult().getScore(), result.getPrimaryResult().getStatistics().getPercentile(MEDIAN),
				result.getPrimaryResult().getScoreError(), bytes);
	}

	boolean isFloor() {
		return this.name.equals(FLOOR);
	}

	boolean isSubject() {
		return this.name.startsWith(SUBJECT);
	}

	double ratioTo(List<BenchRow> rows) {
		double floor = rows.stream()
			.filter((row) -> row.isFloor() && row.threads() == this.threads)
			.mapToDouble(BenchRow::nanos)
			.findFirst()
			.orElse(Double.NaN);
		return this.nanos / floor;
	}

}
