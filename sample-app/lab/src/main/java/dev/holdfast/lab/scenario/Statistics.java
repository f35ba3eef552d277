/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

/**
 * The little that is needed to compare pairs.
 */
public final class Statistics {

	/** One-sided 95 % quantiles of Student's t for 1, 2, 3, ... degrees of freedom. */
	private static final List<Double> T95 = List.of(6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833,
			1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725);

	private Statistics() {
	}

	public static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * Mean of the middle half: what a disturbance does to some values does not count.
	 * @param values at least one
	 * @return the mean
	 */
	public static double interquartileMean(List<Double> values) {
		int quarter = values.size() / 4;
		return values.stream()
			.sorted()
			.skip(quarter)
			.limit(values.size() - 2L * quarter)
			.mapToDouble((value) -> value)
			.average()
			.orElseThrow();
	}

	/**
	 * Upper bound of a ratio, one-sided, 95 %: from the mean of its logarithms.
	 * @param ratios ratios of the pairs
	 * @return the bound, infinite for fewer than two pairs
	 */
	public static double upperBound(List<Double> ratios) {
		int count = ratios.size();
		if (count < 2) {
			return Double.POSITIVE_INFINITY;
		}
		double mean = ratios.stream().mapToDouble(Math::log).average().orElse(0);
		double squares = ratios.stream().mapToDouble((ratio) -> Math.pow(Math.log(ratio) - mean, 2)).sum();
		double deviation = Math.sqrt(squares / (count - 1));
		double quantile = T95.get(Math.min(count - 1, T95.size()) - 1);
		return Math.exp(mean + quantile * deviation / Math.sqrt(count));
	}

}
