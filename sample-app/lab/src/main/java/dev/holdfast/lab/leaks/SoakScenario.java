/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.ClosedLoop;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A healthy application under load, whose leases are suspected early, while many read the
 * endpoint: nothing is suspected, and the endpoint answers.
 */
public final class SoakScenario implements Scenario {

	private static final String ID = "leak-soak";

	private static final Duration SUSPECT_AFTER = Duration.ofSeconds(2);

	/** Of what the application can do. */
	private static final double SHARE = 0.3;

	private static final int CLIENTS = 16;

	@Override
	public String name() {
		return ID;
	}

	@Override
	public String summary() {
		return "a healthy application at load: no lease is suspected while " + SoakReaders.COUNT
				+ " read the endpoint leaks";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Duration length = Duration.ofSeconds(bench.form().pick(20, 600));
		double rate = SHARE * capacity(bench);
		AppOptions options = AppOptions.holdfast("--holdfast.leak.suspect-after=" + SUSPECT_AFTER.toSeconds() + "s");
		try (SampleApp app = bench.launcher().start(ID, options).awaitAnswer("/demo/hello")) {
			ClosedLoop.run(app.port(), SoakMix.quick(), CLIENTS / 4, warmUp(bench), Duration.ofSeconds(1));
			try (SoakReaders readers = SoakReaders.start(app.managementPort())) {
				LoadResult load = LoadGenerator
					.run(LoadPlan.of(app.port(), SoakMix.at(rate), Phase.poisson("soak", rate, length))
						.withDeadline(Duration.ofSeconds(5)));
				publish(bench, load, readers.stop(), app);
			}
		}
	}

	private static Duration warmUp(Workbench bench) {
		return Duration.ofSeconds(bench.form().pick(5, 30));
	}

	private static double capacity(Workbench bench) throws Exception {
		try (SampleApp app = bench.launcher().start(ID + "-rate", AppOptions.vanilla()).awaitAnswer("/demo/hello")) {
			return ClosedLoop.run(app.port(), SoakMix.quick(), CLIENTS, warmUp(bench),
					Duration.ofSeconds(bench.form().pick(2, 8)));
		}
	}

	private void publish(Workbench bench, LoadResult load, SoakReadings readings, SampleApp app) throws IOException {
		TextTable answers = new TextTable("requests", "per second", "answered", "failed", "p50 ms", "p99 ms",
				"sent late by p99 ms");
		Tally total = load.total();
		double seconds = load.plan().phases().get(0).seconds();
		answers.row("load", figure(total.offered() / seconds), total.good(), total.offered() - total.good(),
				figure(total.acceptedMillis(50)), figure(total.acceptedMillis(99)), figure(load.lagMillis(99)));
		answers.row(SoakReaders.COUNT + " readers", figure(readings.answers() / seconds), readings.answers(),
				readings.failed(), figure(readings.millis(50)), figure(readings.millis(99)), "-");
		TextTable leases = new TextTable("leases at once", "suspected at once", "came back late", "taken back",
				"findings");
		leases.row(readings.leases(), readings.suspected(), readings.late(), readings.reclaimed(), readings.findings());
		bench.valid(ID, load);
		new SoakClaims(bench, app).check(load, readings);
		bench.say("");
		bench.say(leases.toString());
		bench.publish(this, bench.page("Nothing is suspected where nothing is wrong")
			.paragraph("Leases are suspected after " + SUSPECT_AFTER.toSeconds() + " s. For "
					+ load.plan().phases().get(0).length().toSeconds() + " s: " + SoakMix.DESCRIPTION
					+ "; the readers have a pause of " + SoakReaders.PAUSE.toMillis() + " ms between two answers.")
			.table(answers)
			.table(leases)
			.heading("Claims")
			.checks(bench.checks()), answers);
	}

	private static String figure(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.1f" : "%.0f", value);
	}

}
