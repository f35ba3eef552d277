/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What it costs to read the socket table, and a storm of connections that leaves no port.
 */
public final class SocketsScenario implements Scenario {

	private static final int MOST_ROWS = 10_000;

	private static final double MOST_MILLIS = 50;

	private static final double ANNOUNCED = 0.8;

	@Override
	public String name() {
		return "sockets";
	}

	@Override
	public String summary() {
		return "time to read the socket table; ports that run out are announced before they have";
	}

	@Override
	public Company company() {
		return Company.PATIENT;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		TextTable cost = new TextTable("rows", "of", "median µs", "ns per row");
		if (bench.includes("cost")) {
			cost(bench, cost);
			bench.say("");
			bench.say(cost.toString());
		}
		TextTable storms = new TextTable("storm", "ports", "per second", "announced at", "first failure at",
				"most used");
		if (bench.includes("storm")) {
			storms(bench, storms);
		}
		bench.publish(this, bench.page("The socket table")
			.paragraph(
					"A reading is everything at once: the rows of tcp and tcp6, the index of both ends, the groups by "
							+ "remote end, the ephemeral ports, the counters of the kernel and the descriptors of the "
							+ "process. Of sockets on loopback, where both ends are rows, the kernel writes the table; of "
							+ "files with the same text it does not. The thread's processor time, after a warm-up.")
			.table(cost)
			.paragraph("Connections in a network namespace of their own, each closed by the client at once, so that "
					+ "its port stays in TIME_WAIT for a minute. Counted in connections. An application is one "
					+ "whose RestClient closes after each call, and what it announces is a warning in its log; else "
					+ "the ratio that its meter tells is above 0.8.")
			.table(storms)
			.heading("Claims")
			.checks(bench.checks()), storms);
	}

	private void cost(Workbench bench, TextTable table) throws IOException {
		int times = bench.form().pick(40, 400);
		for (ReadingCost found : ReadingCost.measure(times, List.of(100, 1000, MOST_ROWS))) {
			table.row(found.rows(), found.of(), figure("%.0f", found.micros()), figure("%.0f", found.nanosPerRow()));
			// what the kernel takes to write its table is for information
			if (found.isParsing() && found.rows() >= MOST_ROWS) {
				bench.check("%d rows are parsed in less than %.0f ms".formatted(MOST_ROWS, MOST_MILLIS),
						found.micros() < MOST_MILLIS * 1000, "%.2f ms", found.micros() / 1000);
			}
		}
	}

	private void storms(Workbench bench, TextTable table) throws Exception {
		String remedy = PortNamespace.missing();
		if (!remedy.isEmpty()) {
			if ("true".equals(System.getenv("HOLDFAST_CI"))) {
				bench.check("a storm in a network namespace can be run", false, "%s", remedy);
			}
			else {
				bench.say("SKIP  " + name() + "/storm: " + remedy);
			}
			return;
		}
		List<StormPlan> plans = plans(bench);
		// in the short form they wait most of the time, and each has ports of its own
		ExecutorService threads = Executors.newFixedThreadPool(bench.form().pick(plans.size(), 1));
		try {
			List<Future<StormResult>> results = plans.stream()
				.map((plan) -> threads.submit(() -> StormResult.of(PortNamespace.run(bench.launcher(), plan))))
				.toList();
			for (int i = 0; i < plans.size(); i++) {
				claim(bench, table, plans.get(i), results.get(i).get());
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void claim(Workbench bench, TextTable table, StormPlan plan, StormResult result) {
		table.row(plan.name(), plan.ports(), plan.perSecond(), count(result.announced()), count(result.failed()),
				figure("%.2f", result.most()));
		if (plan.reuse()) {
			bench.check(plan.name() + ": ports that are taken again do not count",
					!result.hasFailed() && result.opened() > plan.ports() && result.most() < ANNOUNCED, "%s", result);
		}
		else if (plan.isOfApplication()) {
			bench.check(plan.name() + ": its log has warned before its first call failed", result.isAnnouncedInTime(),
					"%s", result);
		}
		else {
			bench.check(plan.name() + ": more than 80 % used was told before the first connection failed",
					result.isAnnouncedInTime(), "%s", result);
		}
	}

	private static List<StormPlan> plans(Workbench bench) {
		List<StormPlan> plans = new ArrayList<>();
		plans.add(new StormPlan("small range", 64, 5, false, PortStorm.class));
		plans.add(new StormPlan("small range, reused", 64, 12, true, PortStorm.class));
		plans.add(StormPlan.ofApplication("an application, small range", 1000, 25));
		if (bench.form().pick(false, true)) {
			plans.add(new StormPlan("default range", 28_232, 1000, false, PortStorm.class));
			plans.add(StormPlan.ofApplication("an application, default range", 28_232, 600));
		}
		return plans;
	}

	private static String count(int connections) {
		return (connections < 0) ? "-" : Integer.toString(connections);
	}

	private static String figure(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

}
