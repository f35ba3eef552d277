/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.ArrayList;
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
 * @param pooled connections that came into the pool and stayed, or nothing if nobody told
 */
record FaultRow(Fault fault, List<Trial> trials, OptionalInt leftBehind, OptionalInt pooled) {

	/** Lateness at the median. */
	private static final double MEDIAN_LATE_MILLIS = 50;

	/** Lateness at worst. */
	private static final double WORST_LATE_MILLIS = 250;

	/** A clock that is read before the limit begins to run may be ahead, not more. */
	private static final double EARLY_MILLIS = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(8);

	/**
	 * Plays a fault several times, on an application that is told its limits.
	 * @param fault the fault
	 * @param count how many trials count
	 * @return how it went
	 * @throws Exception if it cannot be played
	 */
	static FaultRow play(Fault fault, int count) throws Exception {
		try (BootClient client = BootClient.bounded(fault.limits()).warmedUp()) {
			int before = client.leases().idle().orElse(0);
			List<Trial> trials = trials(fault, client, count);
			OptionalInt leftBehind = client.leases().leftBehind(Duration.ofSeconds(2));
			OptionalInt idle = client.leases().idle();
			return new FaultRow(fault, trials, leftBehind,
					idle.isPresent() ? OptionalInt.of(idle.getAsInt() - before) : idle);
		}
	}

	private static List<Trial> trials(Fault fault, BootClient client, int count) throws Exception {
		try (Stage stage = fault.setting().stage(client)) {
			// it loads classes and does not count, unless it is all there is
			Trial first = Trial.of(stage.prepare(), PATIENCE);
			if (!first.ended()) {
				return List.of(first);
			}
			List<Trial> trials = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				trials.add(Trial.of(stage.prepare(), PATIENCE));
			}
			return List.copyOf(trials);
		}
	}

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
	 * Whether the pool has got no more than what can be used again: nothing that was cut.
	 * @return whether it is so
	 */
	boolean poolsWhatIsGood() {
		return this.fault.pooled() < 0 || (this.pooled.isPresent() && this.pooled.getAsInt() <= this.fault.pooled());
	}

	String connections() {
		return this.pooled.isPresent() ? Integer.toString(this.pooled.getAsInt()) : "no meter";
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
				: "> " + PATIENCE.toSeconds() + " s";
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
