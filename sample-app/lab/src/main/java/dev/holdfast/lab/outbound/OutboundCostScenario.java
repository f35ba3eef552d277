/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Statistics;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What a call costs that succeeds: each client in a JVM of its own on the core of the
 * generator, the peer on the other. They take short turns, the order changing each time:
 * a shared machine wanders by more than what is to be measured, but not from one turn to
 * the next. The long form plays what it makes a claim about in five JVMs each.
 */
final class OutboundCostScenario implements Scenario {

	private static final double MOST = 1.07;

	private static final CostClient BASELINE = CostClient.REST_APACHE;

	private static final Duration TURN = Duration.ofMillis(400);

	@Override
	public String name() {
		return "outbound-cost";
	}

	@Override
	public String summary() {
		return "processor time per outbound call through a pool, beside other clients";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Map<CostClient, CostFigures> all = new EnumMap<>(CostClient.class);
		try (ChildProcess peer = ChildProcess.start(bench.launcher(), bench.launcher().cores().serverPrefix(),
				CostPeer.class)) {
			String url = peer.hear();
			for (int fork = 0; fork < bench.form().pick(1, 5); fork++) {
				fork(bench, url, fork, all);
			}
		}
		report(bench, all);
	}

	private static void fork(Workbench bench, String url, int fork, Map<CostClient, CostFigures> all)
			throws IOException {
		List<CostSeries> series = new ArrayList<>();
		try {
			for (CostClient client : CostClient.values()) {
				if (client == BASELINE || (bench.includes(client.title()) && isPlayed(bench, client, fork))) {
					CostFigures figures = all.computeIfAbsent(client, CostFigures::new);
					figures.beginFork();
					series.add(CostSeries.start(bench.launcher(), client, url, figures));
				}
			}
			play(bench.form(), series);
		}
		finally {
			series.forEach(CostSeries::close);
		}
	}

	// the short form shows that it can be run; there the others would only take time
	private static boolean isPlayed(Workbench bench, CostClient client, int fork) {
		return (bench.form() == Form.LONG && fork == 0) || client == CostClient.HOLDFAST || client == CostClient.BOOT;
	}

	private static void play(Form form, List<CostSeries> all) throws IOException {
		for (CostSeries series : all) {
			series.warmUp(Duration.ofMillis(form.pick(1500, 2000)), form.pick(1, 45));
		}
		List<CostSeries> order = new ArrayList<>(all);
		for (int round = 0; round < form.pick(2, 7); round++) {
			for (int turn = 0; turn < form.pick(2, 10); turn++) {
				for (CostSeries series : order) {
					series.turn(TURN);
				}
				Collections.reverse(order);
			}
			order.forEach(CostSeries::endRound);
		}
	}

	private void report(Workbench bench, Map<CostClient, CostFigures> all) throws IOException {
		CostFigures baseline = Objects.requireNonNull(all.get(BASELINE));
		TextTable table = new TextTable("client", "JVMs", "calls/s", "CPU µs per call", "median ratio",
				"upper bound (95 %)", "JIT compiler");
		all.forEach((client, figures) -> {
			List<Double> ratios = figures.ratiosTo(baseline);
			double bound = Statistics.upperBound(ratios);
			table.row(client.title(), ratios.size(), Math.round(figures.perSecond()), figure("%.1f", figures.micros()),
					figure("%.3f", Statistics.median(ratios)), (ratios.size() > 1) ? figure("%.3f", bound) : "-",
					figure("%.1f %%", 100 * figures.compiler()));
			if (client == CostClient.HOLDFAST && bench.form() == Form.LONG) {
				bench.check("a call costs at most " + MOST + " of RestClient on HttpClient 5", bound <= MOST,
						"median ratio %.3f, upper bound %.3f of %d JVMs each", Statistics.median(ratios), bound,
						ratios.size());
			}
		});
		if (bench.form() == Form.SHORT) {
			bench.say("  for information: short rounds, no claims");
		}
		bench.publish(this, bench.page("What an outbound call costs")
			.paragraph("Processor time of the client's process, user and system, per call that is answered at "
					+ "once on a connection that stays, after the JIT compiler has come to rest or 90 s, whichever is "
					+ "first. Ratios are to RestClient on a plain HttpClient 5 in the same rounds, one for each pair of "
					+ "JVMs; the bound is the one-sided 95 % limit of their mean.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static String figure(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

}
