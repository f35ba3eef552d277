/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What a lifetime costs a request that is over before anybody has asked for it.
 */
public final class LifetimeScenario implements Scenario {

	private static final double MOST_PAIRS = 4;

	private static final double MOST_BYTES = 100;

	@Override
	public String name() {
		return "lifetime";
	}

	@Override
	public String summary() {
		return "JMH: the lifetime of a fast request beside a thread-local value that is set and removed";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Form form = bench.form();
		List<BenchRow> rows = BenchRow
			.of(new Runner(new OptionsBuilder().include("\\." + LifetimeBenchmark.class.getSimpleName() + "\\..*")
				.threads(1)
				.forks(form.pick(1, 3))
				.warmupIterations(form.pick(3, 5))
				.warmupTime(TimeValue.milliseconds(form.pick(300, 1000)))
				.measurementIterations(form.pick(4, 5))
				.measurementTime(TimeValue.milliseconds(form.pick(250, 1000)))
				.addProfiler(GCProfiler.class)
				.jvm(bench.launcher().java().toString())
				.jvmArgs("-Xmx512m")
				.verbosity(VerboseMode.SILENT)
				.shouldFailOnError(true)
				.build()).run());
		TextTable table = new TextTable("lifetime", "ns", "± ns", "of the floor", "bytes");
		rows.forEach((row) -> table.row(row.name(), figure("%.1f", row.nanos()), figure("%.1f", row.error()),
				figure("%.2f", row.ratioTo(rows)), figure("%.1f", row.bytes())));
		double most = form.pick(2 * MOST_PAIRS, MOST_PAIRS);
		for (BenchRow row : rows.stream().filter(BenchRow::isSubject).toList()) {
			bench.check(row.name() + " takes at most " + most + " of the floor", row.ratioTo(rows) <= most, "%.2f",
					row.ratioTo(rows));
			bench.check(row.name() + " allocates at most " + MOST_BYTES + " bytes", row.bytes() <= MOST_BYTES,
					"%.1f bytes", row.bytes());
		}
		bench.check("the floor was measured", rows.stream().anyMatch(BenchRow::isFloor), "%d rows", rows.size());
		bench.publish(this, bench.page("Lifetime of a fast request")
			.paragraph(
					"A lifetime that is made, set on the thread, asked for and completed, average time. The floor is "
							+ "one pair of setting and removing a thread-local value.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static String figure(String format, double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
	}

}
