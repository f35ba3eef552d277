/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import dev.holdfast.lab.load.Tally;

/**
 * All runs of one cell. Void ones are left out of every figure.
 *
 * @param cell what was run
 * @param all every run, in order
 */
record CellRuns(Cell cell, List<CellResult> all) {

	List<CellResult> valid() {
		return this.all.stream().filter((run) -> !run.load().isVoid()).toList();
	}

	/**
	 * The run in the middle, or one of the two there.
	 * @param figure what is compared
	 * @return the median of the valid runs, NaN if there is none
	 */
	double median(ToDoubleFunction<CellResult> figure) {
		List<CellResult> runs = valid();
		return runs.isEmpty() ? Double.NaN : Statistics.median(runs.stream().mapToDouble(figure).boxed().toList());
	}

	double medianOfStep(ToDoubleFunction<Tally> figure) {
		return median((run) -> figure.applyAsDouble(run.load().phase(CellResult.OVERLOAD)));
	}

	double medianPerSecond(ToDoubleFunction<Tally> count) {
		return median((run) -> count.applyAsDouble(run.load().phase(CellResult.OVERLOAD))
				/ run.load().plan().phases().get(CellResult.OVERLOAD).seconds());
	}

	double score() {
		return median(CellResult::score);
	}

	String scoreText() {
		List<Double> scores = valid().stream().map(CellResult::score).sorted().toList();
		if (scores.size() < 2) {
			return String.format(Locale.ROOT, "%.2f", score());
		}
		return String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", score(), scores.get(0), scores.get(scores.size() - 1));
	}

	long probesAnswered() {
		return valid().stream().mapToLong((run) -> run.probe().answered()).sum();
	}

	long probesFailed() {
		return valid().stream().mapToLong((run) -> run.probe().failed()).sum();
	}

	double slowestProbeMillis() {
		return valid().stream().mapToDouble((run) -> run.probe().slowestMillis()).max().orElse(0);
	}

	/**
	 * Worst recovery.
	 * @return that of the run that took longest, or did not recover
	 */
	String recoveryText() {
		return valid().stream()
			.max((left, right) -> Integer.compare(left.recoverySeconds().orElse(Integer.MAX_VALUE),
					right.recoverySeconds().orElse(Integer.MAX_VALUE)))
			.map(CellResult::recoveryText)
			.orElse("-");
	}

	boolean recoversWithin(int seconds) {
		return valid().stream().allMatch((run) -> run.recoversWithin(seconds));
	}

	String validity() {
		int repeated = this.all.stream().mapToInt(CellResult::voidRuns).sum();
		return valid().size() + " of " + this.all.size() + " valid"
				+ ((repeated > 0) ? ", " + repeated + " repeated" : "");
	}

}
