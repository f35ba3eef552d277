/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Statistics;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What a call costs that succeeds: each client in a JVM of its own on the core of the
 * generator, the peer on the other, in rounds that follow each other, the order changing
 * from round to round.
 */
final class OutboundCostScenario implements Scenario {

	private static final double MOST = 1.07;

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
		List<CostSeries> all = new ArrayList<>();
		try (ChildProcess peer = ChildProcess.start(bench.launcher(), bench.launcher().cores().serverPrefix(),
				CostPeer.class)) {
			String url = peer.hear();
			for (CostClient client : CostClient.values()) {
				if (client == CostClient.REST_APACHE || (bench.includes(client.title()) && isPlayed(bench, client))) {
					all.add(CostSeries.start(bench.launcher(), client, url));
				}
			}
			play(bench.form(), all);
		}
		finally {
			all.forEach(CostSeries::close);
		}
		report(bench, all);
	}

	// the short form shows that it can be run; there the others would only take time
	private static boolean isPlayed(Workbench bench, CostClient client) {
		return bench.form() == Form.LONG || client == CostClient.HOLDFAST || client == CostClient.BOOT;
	}

	private static void play(Form form, List<CostSeries> all) throws IOException {
		for (CostSeries series : all) {
			series.warmUp(Duration.ofMillis(form.pick(1500, 2000)), form.pick(1, 45));
		}
		List<CostSeries> order = new ArrayList<>(all);
		for (int round = 0; round < form.pick(2, 21); round++) {
			for (CostSeries series : order) {
				series.play(Duration.ofMillis(form.pick(700, 2000)));
			}
			Collections.reverse(order);
		}
	}

	private void report(Workbench bench, List<CostSeries> all) throws IOException {
		CostSeries baseline = all.stream()
			.filter((series) -> series.client() == CostClient.REST_APACHE)
			.findFirst()
			.orElseThrow();
		TextTable table = new TextTable("client", "calls/s", "CPU µs per call", "median ratio", "upper bound (95 %)",
				"JIT compiler");
		for (CostSeries series : all) {
			List<Double> ratios = series.ratiosTo(baseline);
			double bound = Statistics.upperBound(ratios);
			table.row(series.client().title(), Math.round(series.perSecond()), figure("%.1f", series.micros()),
					figure("%.3f", Statistics.median(ratios)), figure("%.3f", bound),
					figure("%.1f %%", 100 * series.compiler()));
			if (series.client() == CostClient.HOLDFAST && bench.form() == Form.LONG) {
				bench.check("a call costs at most " + MOST + " of RestClient on HttpClient 5", bound <= MOST,
						"median ratio %.3f, upper bound %.3f", Statistics.median(ratios), bound);
			}
		}
		if (bench.form() == Form.SHORT) {
			bench.say("  for information: short rounds, no claims");
		}
		bench.publish(this, bench.page("What an outbound call costs")
			.paragraph("Processor time of the client's process, user and system, per call that is answered at "
					+ "once on a connection that stays, after the JIT compiler has come to rest or 90 s, whichever is "
					+ "first. Ratios are to RestClient on a plain HttpClient 5 in the "
					+ "same round; the bound is the one-sided 95 % limit of the mean ratio.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static String figure(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

}
