/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Probe;
import dev.holdfast.lab.load.Tally;

/**
 * What one run of the overload scenario found.
 *
 * @param cell what was run
 * @param capacity calibrated capacity, per second
 * @param load what the generator saw
 * @param probe what the probe saw
 * @param limiter the limiter after the run, where there is one
 * @param voidRuns runs thrown away before this one because the generator was late
 */
record CellResult(Cell cell, double capacity, LoadResult load, Probe.Outcome probe, Optional<LimiterState> limiter,
		int voidRuns) {

	static final int CALM = 0;

	static final int OVERLOAD = 1;

	static final int RECOVERY = 2;

	/**
	 * Goodput under load as a share of what could be served: of the capacity, or of what
	 * is offered where that is less.
	 * @return 1 if nothing is lost
	 */
	double score() {
		double offered = this.load.phase(OVERLOAD).offered() / this.load.plan().phases().get(OVERLOAD).seconds();
		return this.load.goodput(OVERLOAD) / Math.min(this.capacity, offered);
	}

	/**
	 * Seconds from the drop of the load until everything offered is served again.
	 * @return the seconds, or nothing if that did not happen
	 */
	OptionalInt recoverySeconds() {
		int begin = (int) this.load.begin(RECOVERY).toSeconds();
		List<Tally> seconds = this.load.seconds();
		int recovered = seconds.size();
		while (recovered > begin && isGood(seconds.get(recovered - 1))) {
			recovered--;
		}
		return (recovered < seconds.size()) ? OptionalInt.of(recovered - begin) : OptionalInt.empty();
	}

	private static boolean isGood(Tally second) {
		return second.good() >= 0.95 * second.offered();
	}

	boolean recoversWithin(int seconds) {
		OptionalInt recovery = recoverySeconds();
		return recovery.isPresent() && recovery.getAsInt() <= seconds;
	}

	String recoveryText() {
		OptionalInt recovery = recoverySeconds();
		return recovery.isPresent() ? recovery.getAsInt() + " s"
				: "not within " + this.load.plan().phases().get(RECOVERY).length().toSeconds() + " s";
	}

	List<Double> goodPerSecond() {
		return this.load.seconds().stream().map((second) -> (double) second.good()).toList();
	}

}
