/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

	private static final double MOST_MILLIS = 200;

	private static final String OURS = ".* (WARN|ERROR) .* (d|dev)\\.(h|holdfast)\\..*";

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
		TextTable answers = new TextTable("requests", "per second", "answered", "failed", "p50 ms", "p99 ms");
		Tally total = load.total();
		double seconds = load.plan().phases().get(0).seconds();
		answers.row("load", figure(total.offered() / seconds), total.good(), total.offered() - total.good(),
				figure(total.acceptedMillis(50)), figure(total.acceptedMillis(99)));
		answers.row(SoakReaders.COUNT + " readers", figure(readings.answers() / seconds), readings.answers(),
				readings.failed(), figure(readings.millis(50)), figure(readings.millis(99)));
		TextTable leases = new TextTable("leases at once", "suspected at once", "came back late", "taken back",
				"findings");
		leases.row(readings.leases(), readings.suspected(), readings.late(), readings.reclaimed(), readings.findings());
		bench.valid(ID, load);
		claims(bench, load, readings, app);
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

	private static void claims(Workbench bench, LoadResult load, SoakReadings readings, SampleApp app)
			throws IOException {
		Tally total = load.total();
		bench.check("no request of the load has failed", total.offered() > 0 && total.good() == total.offered(), "%s",
				total);
		UpstreamCalls calls = app.actuator()
			.read("prometheus")
			.map(UpstreamCalls::parse)
			.orElse(new UpstreamCalls(0, 0));
		bench.check("no call of the application has failed", calls.succeeded() > 0 && calls.failed() == 0, "%s", calls);
		bench.check("leases were seen, and none was suspected at any reading",
				readings.leases() > 0 && readings.suspected().isEmpty(), "%d at once, suspected %s", readings.leases(),
				readings.suspected());
		bench.check("none was suspected between two readings, none was taken back",
				readings.late() == 0 && readings.reclaimed() == 0, "%d came back late, %d taken back", readings.late(),
				readings.reclaimed());
		bench.check("nothing else was found", readings.findings().isEmpty(), "%s", readings.findings());
		LeakTotals last = idle(app);
		bench.check("afterwards nobody has a lease", last.leases() == 0, "%s", last);
		bench.check("every reading is answered with status 200 and what can be parsed",
				readings.answers() > 0 && readings.failed() == 0, "%d answers, failed %s", readings.answers(),
				readings.failures());
		bench.check("half of the readings take less than %.0f ms".formatted(MOST_MILLIS),
				readings.millis(50) < MOST_MILLIS, "%.1f ms; for information: p99 %.1f ms, longest %.1f ms",
				readings.millis(50), readings.millis(99), readings.millis(100));
		List<String> lines = Files.readAllLines(app.log()).stream().filter((line) -> line.matches(OURS)).toList();
		bench.check("no warning and no error of ours in the log", lines.isEmpty(), "%d %s", lines.size(),
				lines.stream().limit(5).toList());
	}

	/**
	 * The last request may have been answered before its connection was given back, and
	 * it is looked every half of a second.
	 */
	private static LeakTotals idle(SampleApp app) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		LeakTotals totals = totals(app);
		while (totals.leases() > 0 && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			totals = totals(app);
		}
		return totals;
	}

	private static LeakTotals totals(SampleApp app) {
		return LeakTotals.parse(app.actuator().read("leaks").orElse("{}"));
	}

	private static String figure(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.1f" : "%.0f", value);
	}

}
