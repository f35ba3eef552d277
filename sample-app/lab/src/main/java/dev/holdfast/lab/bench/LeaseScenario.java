/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.util.List;
import java.util.Locale;

import dev.holdfast.client.apache.LeaseBenchmark;
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

	@Override
	public String name() {
		return "lease";
	}

	@Override
	public String summary() {
		return "JMH: a lease and its release, tracked and not";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Form form = bench.form();
		List<BenchRow> rows = BenchRow
			.of(new Runner(new OptionsBuilder().include(LeaseBenchmark.class.getSimpleName() + "\\..*")
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
		TextTable table = new TextTable("lease and release", "ns", "± ns");
		rows.forEach((row) -> table.row(row.name(), figure(row.nanos()), figure(row.error())));
		double more = nanos(rows, "tracked") - nanos(rows, "plain");
		bench.check("tracking costs at most " + Math.round(MOST_NANOS) + " ns per lease", more <= MOST_NANOS, "%.0f ns",
				more);
		bench.publish(this,
				bench.page("Tracking of leases")
					.paragraph("A lease and its release with an open connection and without a network, average time.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static double nanos(List<BenchRow> rows, String name) {
		return rows.stream()
			.filter((row) -> row.name().equals(name))
			.mapToDouble(BenchRow::nanos)
			.findFirst()
			.orElse(Double.NaN);
	}

	private static String figure(double value) {
		return String.format(Locale.ROOT, "%.0f", value);
	}

}
