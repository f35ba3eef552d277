/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.app.LimiterState;

/**
 * What has to hold under overload.
 */
final class OverloadClaims {

	private static final int RECOVERY_SECONDS = 3;

	/** Vanilla keeps less than this at 3x, or the experiment shows nothing. */
	private static final double COLLAPSE = 0.5;

	private OverloadClaims() {
	}

	static void check(Workbench bench, List<CellRuns> cells) {
		cells.forEach((runs) -> check(bench, runs));
	}

	private static void check(Workbench bench, CellRuns runs) {
		Cell cell = runs.cell();
		for (CellResult result : runs.all()) {
			checkNothingLeaked(bench, result);
			bench.valid(cell.id(), result.load());
		}
		if (runs.valid().isEmpty()) {
			return;
		}
		if (cell.variant().isVanilla()) {
			if (cell.factor() == 3 && !cell.route().equals(Route.MIXED)) {
				bench.check(cell.id() + " falls apart without us", runs.score() < COLLAPSE, "goodput %s of capacity",
						runs.scoreText());
			}
			return;
		}
		if (!cell.variant().promised() && cell.factor() > 1) {
			bench.say("  for information: " + cell.id() + " keeps " + runs.scoreText() + " of capacity and answers "
					+ runs.probesAnswered() + " probes of " + (runs.probesAnswered() + runs.probesFailed()));
			return;
		}
		bench.check(cell.id() + " answers every probe within 250 ms",
				runs.probesAnswered() > 0 && runs.probesFailed() == 0,
				"%d answered, the slowest in %.0f ms, %d not (at seconds %s)", runs.probesAnswered(),
				runs.slowestProbeMillis(), runs.probesFailed(),
				runs.valid().stream().map((run) -> run.probe().missedAtSeconds()).toList());
		if (cell.factor() < 1) {
			long refused = runs.valid().stream().mapToLong((run) -> run.load().total().refused()).sum();
			bench.check(cell.id() + " refuses nothing", refused == 0, "%d refused", refused);
		}
		if (cell.variant().promised() && cell.factor() == 3) {
			double kept = bench.form().pick(0.6, 0.9);
			bench.check(cell.id() + " keeps " + kept + " of capacity", runs.score() >= kept, "%s of %.0f/s",
					runs.scoreText(), runs.all().get(0).capacity());
		}
		if (cell.variant().promised() && cell.factor() > 1) {
			bench.check(cell.id() + " recovers within " + RECOVERY_SECONDS + " s",
					runs.recoversWithin(RECOVERY_SECONDS), "%s", runs.recoveryText());
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
