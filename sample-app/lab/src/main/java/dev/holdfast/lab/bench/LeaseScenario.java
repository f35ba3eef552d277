/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.util.List;
import java.util.Locale;

import dev.holdfast.client.apache.LeaseBenchmark;
import dev.holdfast.jdbc.JdbcLeaseBenchmark;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What it costs to track a lease.
 */
public final class LeaseScenario implements Scenario {

	private static final double MOST_NANOS = 1000;

	private static final String HTTP = "plain";

	private static final String JDBC = "hikari";

	@Override
	public String name() {
		return "lease";
	}

	@Override
	public String summary() {
		return "JMH: a lease and its release, tracked and not, beside HikariCP's leak detection";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Form form = bench.form();
		List<BenchRow> rows = BenchRow
			.of(new Runner(new OptionsBuilder().include("\\." + LeaseBenchmark.class.getSimpleName() + "\\..*")
				.include("\\." + JdbcLeaseBenchmark.class.getSimpleName() + "\\..*")
				.threads(1)
				.forks(form.pick(1, 3))
				.warmupIterations(form.pick(3, 5))
				.warmupTime(TimeValue.milliseconds(form.pick(500, 1000)))
				.measurementIterations(form.pick(4, 5))
				.measurementTime(TimeValue.milliseconds(form.pick(250, 1000)))
				.jvm(bench.launcher().java().toString())
				.jvmArgs("-Xmx512m")
				.verbosity(VerboseMode.SILENT)
				.shouldFailOnError(true)
				.build()).run());
		TextTable table = new TextTable("lease and release", "median ns", "mean ns", "± ns", "of untracked");
		rows.forEach((row) -> table.row(row.name(), figure(row.median()), figure(row.nanos()), figure(row.error()),
				String.format(Locale.ROOT, "%.2f", row.median() / median(rows, untracked(row)))));
		claim(bench, rows, HTTP, "an HTTP connection");
		claim(bench, rows, JDBC, "a database connection");
		double detection = median(rows, JDBC + "LeakDetection") - median(rows, JDBC);
		bench.check("it costs less than HikariCP's leak detection", more(rows, JDBC) <= detection, "%.0f of %.0f ns",
				more(rows, JDBC), detection);
		bench.publish(this, bench.page("Tracking of leases")
			.paragraph("A lease and its release with an open connection, without a network and without a database.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static void claim(Workbench bench, List<BenchRow> rows, String untracked, String what) {
		double more = more(rows, untracked);
		bench.check("tracking costs at most " + Math.round(MOST_NANOS) + " ns per lease of " + what, more <= MOST_NANOS,
				"%.0f ns", more);
	}

	private static double more(List<BenchRow> rows, String untracked) {
		return median(rows, tracked(untracked)) - median(rows, untracked);
	}

	private static String untracked(BenchRow row) {
		return row.name().startsWith(JDBC) ? JDBC : HTTP;
	}

	private static String tracked(String untracked) {
		return untracked.equals(HTTP) ? "tracked" : untracked + "Tracked";
	}

	private static double median(List<BenchRow> rows, String name) {
		return rows.stream()
			.filter((row) -> row.name().equals(name))
			.mapToDouble(BenchRow::median)
			.findFirst()
			.orElse(Double.NaN);
	}

	private static String figure(double value) {
		return String.format(Locale.ROOT, "%.0f", value);
	}

}
