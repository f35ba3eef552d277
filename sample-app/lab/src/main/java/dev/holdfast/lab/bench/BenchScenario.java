/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Admission and release beside their floor and beside others, in one run.
 */
public final class BenchScenario implements Scenario {

	/** JMH spreads its own few allocations over the operations of an iteration. */
	private static final double NO_BYTES = 0.1;

	@Override
	public String name() {
		return "bench";
	}

	@Override
	public String summary() {
		return "JMH: an admission and its release beside a semaphore and two looks at the clock";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		List<BenchRow> rows = new ArrayList<>();
		for (int threads : List.of(1, 2)) {
			rows.addAll(measure(bench, threads));
		}
		TextTable table = new TextTable("pair", "threads", "ns", "± ns", "of the floor", "bytes");
		rows.forEach((row) -> table.row(row.name(), row.threads(), figure("%.1f", row.nanos()),
				figure("%.1f", row.error()), figure("%.2f", row.ratioTo(rows)), figure("%.1f", row.bytes())));
		claims(bench, rows);
		bench.publish(this,
				bench.page("Admission and release")
					.paragraph("One pair of admission and release that is never refused, average time. The floor is a "
							+ "semaphore and two looks at the clock.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static List<BenchRow> measure(Workbench bench, int threads) throws RunnerException {
		Form form = bench.form();
		ChainedOptionsBuilder options = new OptionsBuilder().threads(threads)
			.forks(form.pick(1, 2))
			.warmupIterations(form.pick(2, 3))
			.warmupTime(TimeValue.milliseconds(form.pick(300, 1000)))
			.measurementIterations(form.pick(4, 5))
			.measurementTime(TimeValue.milliseconds(form.pick(250, 1000)))
			.addProfiler(GCProfiler.class)
			.jvm(bench.launcher().java().toString())
			.jvmArgs("-Xmx512m", "-Dslf4j.internal.verbosity=ERROR", "-Dcsp.sentinel.log.output.type=console",
					"-Dcsp.sentinel.log.level=OFF", "-Dcsp.sentinel.log.dir=" + System.getProperty("java.io.tmpdir"))
			.verbosity(VerboseMode.SILENT)
			.shouldFailOnError(true);
		for (String method : methods(bench)) {
			options.include("AdmissionBenchmark\\." + method + "$");
		}
		return BenchRow.of(new Runner(options.build()).run());
	}

	private static List<String> methods(Workbench bench) {
		List<String> methods = new ArrayList<>();
		for (var method : AdmissionBenchmark.class.getDeclaredMethods()) {
			boolean asked = method.getName().equals(BenchRow.FLOOR) || bench.includes(method.getName());
			if (asked && method.isAnnotationPresent(org.openjdk.jmh.annotations.Benchmark.class)) {
				methods.add(method.getName());
			}
		}
		return methods;
	}

	private static void claims(Workbench bench, List<BenchRow> rows) {
		double most = bench.form().pick(4.0, 2.0);
		for (BenchRow row : rows.stream().filter(BenchRow::isSubject).toList()) {
			String id = row.name() + " with " + row.threads() + ((row.threads() == 1) ? " thread" : " threads");
			double ratio = row.ratioTo(rows);
			bench.check(id + " takes at most " + most + " of the floor", ratio <= most, "%.2f", ratio);
			bench.check(id + " allocates nothing", row.bytes() < NO_BYTES, "%.2f bytes", row.bytes());
		}
		bench.check("the floor was measured", rows.stream().anyMatch(BenchRow::isFloor), "%d rows", rows.size());
	}

	private static String figure(String format, double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
	}

}
