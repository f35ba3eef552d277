/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.load.Tally;

/**
 * What has to hold under overload.
 */
final class OverloadClaims {

	private static final int RECOVERY_SECONDS = 3;

	/** Vanilla keeps less than this at 3x, or the experiment shows nothing. */
	private static final double COLLAPSE = 0.5;

	private OverloadClaims() {
	}

	static void check(Workbench bench, List<CellResult> results) {
		results.forEach((result) -> check(bench, result));
	}

	private static void check(Workbench bench, CellResult result) {
		Cell cell = result.cell();
		checkNothingLeaked(bench, result);
		if (!bench.valid(cell.id(), result.load())) {
			return;
		}
		if (cell.variant().isVanilla()) {
			if (cell.factor() == 3 && !cell.route().equals(Route.MIXED)) {
				bench.check(cell.id() + " falls apart without us", result.score() < COLLAPSE,
						"goodput %.2f of capacity", result.score());
			}
			return;
		}
		if (!cell.variant().promised() && cell.factor() > 1) {
			bench.say("  for information: " + cell.id() + " keeps " + String.format("%.2f", result.score())
					+ " of capacity and answers " + result.probe().answered() + " probes of "
					+ (result.probe().answered() + result.probe().failed()));
			return;
		}
		// the short form also runs on busy machines, where a probe may wait for a core
		double least = bench.form().pick(0.95, 1.0);
		bench.check(String.format("%s answers %.0f %% of the probes within 250 ms", cell.id(), 100 * least),
				result.probe().answered() > 0 && result.probe().ratio() >= least,
				"%d answered, %d not (at seconds %s), p99 %.0f ms", result.probe().answered(), result.probe().failed(),
				result.probe().missedAtSeconds(), result.probe().p99Millis());
		if (cell.factor() < 1) {
			Tally total = result.load().total();
			bench.check(cell.id() + " refuses nothing", total.refused() == 0, "%s", total);
		}
		if (cell.variant().promised() && cell.factor() == 3) {
			double kept = bench.form().pick(0.6, 0.9);
			bench.check(cell.id() + " keeps " + kept + " of capacity", result.score() >= kept, "%.2f of %.0f/s",
					result.score(), result.capacity());
		}
		if (cell.variant().promised() && cell.factor() > 1) {
			bench.check(cell.id() + " recovers within " + RECOVERY_SECONDS + " s",
					result.recoversWithin(RECOVERY_SECONDS), "%s", result.recoveryText());
		}
	}

	private static void checkNothingLeaked(Workbench bench, CellResult result) {
		if (result.cell().variant().isVanilla()) {
			return;
		}
		Optional<LimiterState> limiter = result.limiter();
		bench.check(result.cell().id() + " holds no permit afterwards", limiter.isPresent() && limiter.get().isIdle(),
				"%s", limiter.map(LimiterState::toString).orElse("no limiter at /actuator/concurrency"));
	}

}
