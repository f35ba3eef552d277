/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.time.Duration;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * What a run found.
 *
 * @param plan what was run
 * @param startNanos when it began, on the clock of {@link System#nanoTime()}
 * @param tallies by phase, then by target of the mix
 * @param seconds by second of the intended send time
 * @param lagMicros how late the generator itself was
 * @param connections what the run used
 */
public record LoadResult(LoadPlan plan, long startNanos, List<List<Tally>> tallies, List<Tally> seconds,
		Histogram lagMicros, Connections connections) {

	/** A generator that is later than this at the 99th percentile has measured itself. */
	public static final Duration MAX_LAG = Duration.ofMillis(5);

	public double lagMillis(double percentile) {
		return this.lagMicros.getValueAtPercentile(percentile) / 1000.0;
	}

	public boolean isVoid() {
		return lagMillis(99) > MAX_LAG.toMillis();
	}

	public Tally phase(int index) {
		Tally sum = new Tally();
		this.tallies.get(index).forEach(sum::add);
		return sum;
	}

	public Tally total() {
		Tally sum = new Tally();
		this.tallies.forEach((phase) -> phase.forEach(sum::add));
		return sum;
	}

	/**
	 * Good answers per second of a phase.
	 * @param index the phase
	 * @return the rate
	 */
	public double goodput(int index) {
		return phase(index).good() / this.plan.phases().get(index).seconds();
	}

	public Duration begin(int index) {
		Duration begin = Duration.ZERO;
		for (Phase phase : this.plan.phases().subList(0, index)) {
			begin = begin.plus(phase.length());
		}
		return begin;
	}

	/**
	 * Use of connections.
	 *
	 * @param opened how many were opened
	 * @param peak most open at once
	 * @param starved how often a due request found none
	 */
	public record Connections(long opened, int peak, long starved) {

	}

}
