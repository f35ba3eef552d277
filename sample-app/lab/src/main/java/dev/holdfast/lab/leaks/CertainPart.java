/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.leaks.LeakReport.Entry;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Responses that nothing refers to any more: nobody can ever close them, and the garbage
 * collector proves it.
 */
final class CertainPart {

	static final String ID = "certain";

	/** Left open, and still referred to: may be needed. */
	private static final int KEPT = 2;

	private static final int LOST = LeakyApp.POOL_SIZE - KEPT;

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Workbench bench;

	private final LeakTables tables;

	private final Duration watch;

	CertainPart(Workbench bench, LeakTables tables) {
		this.bench = bench;
		this.tables = tables;
		this.watch = Duration.ofSeconds(bench.form().pick(5, 20));
	}

	void run() throws Exception {
		vanilla();
		holdfast();
	}

	private void vanilla() throws Exception {
		try (LeakyApp app = LeakyApp.start(this.bench.launcher(), "leaks-vanilla-certain", AppOptions.vanilla())) {
			int leaked = app.leak(KEPT, true) + app.leak(LOST, false);
			try (CallSeries calls = CallSeries.start(app)) {
				app.collect();
				calls.goOn(this.watch);
				CallSeries.Outcome outcome = calls.stop();
				this.bench.check("vanilla: what was garbage-collected stays lost, and every later call fails",
						leaked == LeakyApp.POOL_SIZE && outcome.allFailed(), "%d left open, %d of %d failed", leaked,
						outcome.failed(), outcome.calls().size());
				this.tables.row("vanilla", KEPT + " kept, " + LOST + " dropped", -1, -1, outcome);
			}
		}
	}

	private void holdfast() throws Exception {
		AppOptions options = AppOptions.holdfast("--management.endpoints.web.exposure.include=*",
				"--holdfast.leak.show-stacks=always", "--holdfast.leak.suspect-after=2s",
				"--holdfast.leak.reclaim=certain");
		try (LeakyApp app = LeakyApp.start(this.bench.launcher(), "leaks-certain", options)) {
			int leaked = app.leak(KEPT, true) + app.leak(LOST, false);
			try (CallSeries calls = CallSeries.start(app)) {
				app.collect();
				double collected = calls.seconds();
				Optional<LeakReport> report = app.await(LIMIT, (seen) -> seen.reclaimed(ID) >= LOST);
				double reclaimed = report.isPresent() ? calls.seconds() : -1;
				calls.goOn(this.watch);
				app.collect();
				calls.goOn(this.watch);
				CallSeries.Outcome outcome = calls.stop();
				this.bench.check(
						"what was garbage-collected is taken back within " + LIMIT.toSeconds() + " s of the collection",
						leaked == LeakyApp.POOL_SIZE && report.isPresent(),
						"%d left open, %d dropped; collected after %s, taken back after %s", leaked, LOST,
						LeakTables.seconds(collected), LeakTables.seconds(reclaimed));
				this.bench.check("every later call is served",
						report.isPresent() && outcome.after(reclaimed).allServed(), "%s",
						report.isPresent() ? outcome.after(reclaimed) : outcome);
				List<Entry> taken = app.report().reclaimed();
				this.bench.check("what something still refers to is left alone, whatever its age",
						taken.size() == LOST && taken.stream().allMatch((entry) -> entry.tier().equals(ID)),
						"%d taken back, %d kept", taken.size(), KEPT);
				this.tables.row("Holdfast", KEPT + " kept, " + LOST + " dropped", -1, reclaimed, outcome);
			}
		}
	}

}
