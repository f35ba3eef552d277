/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.report.TextTable;

/**
 * What the starter adds to the time from the launch of the JVM to the first answer.
 */
final class StartupScenario implements Scenario {

	@Override
	public String name() {
		return "startup";
	}

	@Override
	public String summary() {
		return "from the launch of the JVM to the first answer, interleaved starts";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		int starts = bench.form().pick(5, 9);
		int mostStarts = bench.form().pick(15, 9);
		double mostMillis = bench.form().pick(600.0, 100.0);
		// one that does not count: the jar is read from the disk
		start(bench, AppOptions.vanilla());
		List<Double> vanilla = new ArrayList<>();
		List<Double> holdfast = new ArrayList<>();
		List<Double> more = new ArrayList<>();
		// On a noisy machine the median of a few pairs is off by more than the limit:
		// above it more pairs are asked for, and the median of all decides.
		for (int i = 0; i < starts || (i < mostStarts && Statistics.median(more) > mostMillis); i++) {
			boolean vanillaFirst = i % 2 == 0;
			double first = start(bench, vanillaFirst ? AppOptions.vanilla() : AppOptions.holdfast());
			double second = start(bench, vanillaFirst ? AppOptions.holdfast() : AppOptions.vanilla());
			vanilla.add(vanillaFirst ? first : second);
			holdfast.add(vanillaFirst ? second : first);
			more.add(holdfast.get(i) - vanilla.get(i));
		}
		TextTable table = new TextTable("variant", "starts", "median ms", "fastest ms", "slowest ms");
		row(table, "vanilla", vanilla);
		row(table, "defaults", holdfast);
		row(table, "difference of a pair", more);
		bench.check("start-up takes at most " + Math.round(mostMillis) + " ms more",
				Statistics.median(more) <= mostMillis, "%+.0f ms at the median of %d pairs", Statistics.median(more),
				more.size());
		bench.publish(this,
				bench.page("Start-up")
					.paragraph("From the launch of the JVM to the first answer of /demo/hello, on all cores.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static void row(TextTable table, String name, List<Double> millis) {
		table.row(name, millis.size(), Math.round(Statistics.median(millis)),
				Math.round(millis.stream().mapToDouble(Double::doubleValue).min().orElse(0)),
				Math.round(millis.stream().mapToDouble(Double::doubleValue).max().orElse(0)));
	}

	private static double start(Workbench bench, AppOptions options) throws Exception {
		long begin = System.nanoTime();
		try (SampleApp app = bench.launcher()
			.asShipped()
			.unpinned()
			.start("startup", options)
			.awaitAnswer("/demo/hello")) {
			double millis = (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
			bench.say("  " + options.profile() + " on port " + app.port() + ": " + Math.round(millis) + " ms");
			return millis;
		}
	}

}
