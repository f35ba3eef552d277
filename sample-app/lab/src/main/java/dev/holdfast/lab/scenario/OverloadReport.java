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

import dev.holdfast.lab.load.LoadResult;
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

	static void publish(Workbench bench, Scenario scenario, List<CellResult> results) throws IOException {
		TextTable table = new TextTable("route/threads/load", "variant", "capacity/s", "offered/s", "good/s",
				"of capacity", "p50 ms", "p99 ms", "refused/s", "refusal p99 ms", "late/s", "other", "probes",
				"recovery", "run");
		results.forEach((result) -> row(table, result));
		Page page = bench.page("Overload: what is still answered in time")
			.paragraph("Open-loop load with independent arrivals; good means answered with success within 1 s of the "
					+ "intended send time. Of capacity: goodput during the step as a share of the capacity, or of what "
					+ "is offered where that is less. Recovery: from the end of the step until 95 % of what is offered "
					+ "is good in every second that follows.")
			.heading("Goodput over time")
			.plots(plots(results))
			.heading("Figures of the step")
			.table(table)
			.heading("Claims")
			.checks(bench.checks());
		bench.publish(scenario, page, table);
	}

	private static void row(TextTable table, CellResult result) {
		LoadResult load = result.load();
		Tally step = load.phase(CellResult.OVERLOAD);
		double seconds = load.plan().phases().get(CellResult.OVERLOAD).seconds();
		table.row(result.cell().group(), result.cell().variant().name(), figure(0, result.capacity()),
				figure(0, step.offered() / seconds), figure(0, step.good() / seconds), figure(2, result.score()),
				figure(0, step.acceptedMillis(50)), figure(0, step.acceptedMillis(99)),
				figure(0, step.refused() / seconds), figure(1, step.refusedMillis(99)),
				figure(0, step.late() / seconds), step.broken() + step.wrong(),
				figure(1, 100 * result.probe().ratio()) + " %", result.recoveryText(), result.validity());
	}

	private static String figure(int digits, double value) {
		return String.format(Locale.ROOT, "%." + digits + "f", value);
	}

	private static List<LinePlot> plots(List<CellResult> results) {
		Map<String, List<CellResult>> groups = new LinkedHashMap<>();
		results.forEach(
				(result) -> groups.computeIfAbsent(result.cell().group(), (group) -> new ArrayList<>()).add(result));
		return groups.entrySet().stream().map((group) -> plot(group.getKey(), group.getValue())).toList();
	}

	private static LinePlot plot(String group, List<CellResult> results) {
		CellResult first = results.get(0);
		LinePlot plot = new LinePlot(group, "good answers per second").reference("capacity", first.capacity())
			.band(first.cell().factorText() + " of capacity offered",
					first.load().begin(CellResult.OVERLOAD).toMillis() / 1000.0,
					first.load().begin(CellResult.RECOVERY).toMillis() / 1000.0);
		for (CellResult result : results) {
			String mark = result.load().isVoid() ? " (void)" : "";
			plot.line(result.cell().variant().name() + mark, result.cell().variant().style(), result.goodPerSecond());
		}
		return plot;
	}

}
