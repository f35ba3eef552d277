/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.report.LinePlot;
import dev.holdfast.lab.report.Page;
import dev.holdfast.lab.report.TextTable;

/**
 * Table and page of the overload scenario.
 */
final class OverloadReport {

	private OverloadReport() {
	}

	static void publish(Workbench bench, Scenario scenario, List<CellRuns> cells) throws IOException {
		TextTable table = new TextTable("route/threads/load", "variant", "capacity/s", "offered/s", "good/s",
				"of capacity", "p50 ms", "p99 ms", "refused/s", "refusal p99 ms", "late/s", "other", "probes",
				"recovery", "runs");
		cells.forEach((runs) -> row(table, runs));
		Page page = bench.page("Overload: what is still answered in time")
			.paragraph("Open-loop load with independent arrivals; good means answered with success within 1 s of the "
					+ "intended send time. Of capacity: goodput during the step as a share of the capacity, or of what "
					+ "is offered where that is less. Recovery: from the end of the step until 95 % of what is offered "
					+ "is good in every second that follows. Of several runs: medians with their spread, all probes, "
					+ "the longest recovery; the plots show each run.")
			.heading("Goodput over time")
			.plots(plots(cells))
			.heading("Figures of the step")
			.table(table)
			.heading("Claims")
			.checks(bench.checks());
		bench.publish(scenario, page, table);
	}

	private static void row(TextTable table, CellRuns runs) {
		long probes = runs.probesAnswered() + runs.probesFailed();
		table.row(runs.cell().group(), runs.cell().variant().name(), figure(0, runs.all().get(0).capacity()),
				figure(0, runs.medianPerSecond(Tally::offered)), figure(0, runs.medianPerSecond(Tally::good)),
				runs.scoreText(), figure(0, runs.medianOfStep((step) -> step.acceptedMillis(50))),
				figure(0, runs.medianOfStep((step) -> step.acceptedMillis(99))),
				figure(0, runs.medianPerSecond(Tally::refused)),
				figure(1, runs.medianOfStep((step) -> step.refusedMillis(99))),
				figure(0, runs.medianPerSecond(Tally::late)),
				figure(0, runs.medianOfStep((step) -> step.broken() + step.wrong())),
				figure(1, 100.0 * runs.probesAnswered() / probes) + " %", runs.recoveryText(), runs.validity());
	}

	private static String figure(int digits, double value) {
		return String.format(Locale.ROOT, "%." + digits + "f", value);
	}

	private static List<LinePlot> plots(List<CellRuns> cells) {
		Map<String, List<CellRuns>> groups = new LinkedHashMap<>();
		cells.forEach((runs) -> groups.computeIfAbsent(runs.cell().group(), (group) -> new ArrayList<>()).add(runs));
		return groups.entrySet().stream().map((group) -> plot(group.getKey(), group.getValue())).toList();
	}

	private static LinePlot plot(String group, List<CellRuns> cells) {
		CellResult first = cells.get(0).all().get(0);
		LinePlot plot = new LinePlot(group, "good answers per second").reference("capacity", first.capacity())
			.band(first.cell().factorText() + " of capacity offered",
					first.load().begin(CellResult.OVERLOAD).toMillis() / 1000.0,
					first.load().begin(CellResult.RECOVERY).toMillis() / 1000.0);
		for (CellRuns runs : cells) {
			for (CellResult result : runs.all()) {
				String mark = result.load().isVoid() ? " (void)" : "";
				plot.line(result.cell().variant().name() + mark, result.cell().variant().style(),
						result.goodPerSecond());
			}
		}
		return plot;
	}

}
