/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

import dev.holdfast.lab.scenario.Statistics;

/**
 * How the bounded client met a fault.
 *
 * @param fault the fault
 * @param trials all that count
 * @param leftBehind leases afterwards, or nothing if nobody told
 * @param kept connections that the pool had more of after the trials, while the peer was
 * still there, or nothing if nobody told
 */
record FaultRow(Fault fault, List<Trial> trials, OptionalInt leftBehind, OptionalInt kept) {

	/** Lateness at the median. */
	private static final double MEDIAN_LATE_MILLIS = 50;

	/** Lateness at worst. */
	private static final double WORST_LATE_MILLIS = 250;

	/** A clock that is read before the limit begins to run may be ahead, not more. */
	private static final double EARLY_MILLIS = 5;

	boolean isInTime() {
		if (!this.trials.stream().allMatch(Trial::ended) || worstLate() > WORST_LATE_MILLIS) {
			return false;
		}
		return !this.fault.expected().atTheLimit()
				|| (medianLate() <= MEDIAN_LATE_MILLIS && leastLate() >= -EARLY_MILLIS);
	}

	boolean endsAsExpected() {
		return this.trials.stream().allMatch(this.fault.expected().ending());
	}

	boolean leavesNothing() {
		return this.leftBehind.isPresent() && this.leftBehind.getAsInt() == 0;
	}

	/**
	 * Whether the pool has what can be used again, and nothing that was cut.
	 * @return whether it is so
	 */
	boolean keepsWhatIsGood() {
		return this.kept.isPresent() && this.kept.getAsInt() == this.fault.kept();
	}

	String connections() {
		return this.kept.isPresent() ? Integer.toString(this.kept.getAsInt()) : "no meter";
	}

	String leases() {
		return this.leftBehind.isPresent() ? Integer.toString(this.leftBehind.getAsInt()) : "no meter";
	}

	String ending() {
		return String.join(", ", this.trials.stream().map(Trial::ending).distinct().toList());
	}

	String median() {
		return millis(medianLate());
	}

	String worst() {
		return millis(worstLate());
	}

	private String millis(double late) {
		boolean ended = this.trials.stream().allMatch(Trial::ended);
		return ended ? String.format(Locale.ROOT, "%.0f ms", late + Fault.LIMIT.toMillis())
				: "> " + FaultPlay.PATIENCE.toSeconds() + " s";
	}

	private double medianLate() {
		return Statistics.median(late());
	}

	private double worstLate() {
		return late().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
	}

	private double leastLate() {
		return late().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
	}

	private List<Double> late() {
		return this.trials.stream().map((trial) -> trial.millis() - Fault.LIMIT.toMillis()).toList();
	}

}
