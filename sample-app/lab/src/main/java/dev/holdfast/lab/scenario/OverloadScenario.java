/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * More load than can be served: what is still answered in time, and how soon all is well
 * when it is over.
 */
final class OverloadScenario implements Scenario {

	private static final List<Double> FACTORS = List.of(0.5, 1.0, 3.0, 10.0);

	/** Beside ten times its load on one core the JIT compiler hardly gets on. */
	private static final Duration SHORT_PROBE_WARM_UP = Duration.ofSeconds(8);

	private static final Duration SHORT_PROBE_CHECK = Duration.ofSeconds(6);

	@Override
	public String name() {
		return "overload";
	}

	@Override
	public String summary() {
		return "query, cpu and mixed routes at 0.5x, 1x, 3x and 10x of capacity, with and without Holdfast";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		OverloadRun.Lengths lengths = bench.form()
			.pick(OverloadRun.Lengths.ofSeconds(4, 3, 4, 15, 8, 1),
					OverloadRun.Lengths.ofSeconds(15, 8, 10, 30, 15, 3));
		boolean virtual = bench.launcher().javaVersion() >= 21;
		if (!virtual && bench.form() == Form.LONG) {
			bench.say("Virtual threads need JDK 21: left out. Name one with --java=PATH.");
		}
		List<CellRuns> results = new ArrayList<>();
		for (Route route : Route.all()) {
			results.addAll(measure(bench, lengths, route, false));
			if (virtual) {
				results.addAll(measure(bench, lengths, route, true));
			}
		}
		OverloadClaims.check(bench, results);
		OverloadReport.publish(bench, this, results);
	}

	private static List<CellRuns> measure(Workbench bench, OverloadRun.Lengths lengths, Route route, boolean virtual)
			throws Exception {
		Map<Cell, List<CellResult>> results = new LinkedHashMap<>();
		cells(bench, route, virtual).forEach((cell) -> results.put(cell, new ArrayList<>()));
		if (results.isEmpty()) {
			return List.of();
		}
		double capacity = new OverloadRun(bench.launcher(), lengths).capacity(route, virtual);
		bench.say(String.format("%s on %s threads: capacity %.0f/s", route.id(), virtual ? "virtual" : "platform",
				capacity));
		for (int run = 0; run < bench.runs(); run++) {
			for (Map.Entry<Cell, List<CellResult>> entry : results.entrySet()) {
				CellResult result = run(bench, lengths, entry.getKey(), capacity);
				bench.say("  " + entry.getKey().id() + ": " + result.load().phase(CellResult.OVERLOAD));
				entry.getValue().add(result);
			}
		}
		return results.entrySet().stream().map((entry) -> new CellRuns(entry.getKey(), entry.getValue())).toList();
	}

	private static CellResult run(Workbench bench, OverloadRun.Lengths lengths, Cell cell, double capacity)
			throws Exception {
		boolean probesOnly = bench.form() == Form.SHORT && cell.factor() == 10;
		return new OverloadRun(bench.launcher(),
				probesOnly ? lengths.with(SHORT_PROBE_WARM_UP, SHORT_PROBE_CHECK) : lengths)
			.run(cell, capacity);
	}

	private static List<Cell> cells(Workbench bench, Route route, boolean virtual) {
		List<Cell> cells = new ArrayList<>();
		for (double factor : FACTORS) {
			for (Variant variant : Variant.of(route, virtual, bench.launcher().cores().serverCores())) {
				Cell cell = new Cell(route, variant, factor);
				if (bench.includes(cell.id()) && (bench.form() == Form.LONG || isInShortForm(cell))) {
					cells.add(cell);
				}
			}
		}
		return cells;
	}

	private static boolean isInShortForm(Cell cell) {
		boolean subject = cell.route().equals(Route.QUERY) && !cell.variant().isVirtual();
		return subject && (cell.factor() == 3 || (cell.factor() == 10 && !cell.variant().isVanilla()));
	}

}
