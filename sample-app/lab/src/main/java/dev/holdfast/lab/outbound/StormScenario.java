/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A peer that fails every call: how many attempts it sees on top of the calls.
 */
final class StormScenario implements Scenario {

	/** Retries that a call pays for. */
	private static final double RATIO = 0.2;

	/** Retries that every second pays for. */
	private static final double PER_SECOND = 10;

	/** The budget is one of ten seconds: its minimum may be spent at once. */
	private static final double WINDOW_SECONDS = 10;

	@Override
	public String name() {
		return "storm";
	}

	@Override
	public String summary() {
		return "attempts that a peer sees when it fails every call";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public Company company() {
		return Company.QUIET;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		TextTable table = new TextTable("peer", "client", "calls", "rate/s", "seconds", "attempts", "retries",
				"retries per call", "allowed");
		for (Downstream downstream : List.of(new Downstream("503", Peers::unavailable),
				new Downstream("reset", Peers::reset))) {
			if (bench.includes(downstream.name())) {
				plain(bench, downstream, table);
				bounded(bench, downstream, table);
			}
		}
		bench.publish(this, bench.page("Retries when everything fails")
			.paragraph("Calls leave at their rate, whatever becomes of those before. Attempts are what the peer "
					+ "has read.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static void plain(Workbench bench, Downstream downstream, TextTable table) throws Exception {
		try (BootClient client = BootClient.plain()) {
			Storm storm = storm(bench, client, downstream);
			row(table, downstream, "plain Boot", storm, "-");
			bench.check("plain Boot finished its calls against " + downstream.name(), storm.finished(), "%s", storm);
		}
	}

	private static void bounded(Workbench bench, Downstream downstream, TextTable table) throws Exception {
		List<String> limits = List.of("holdfast.client.max-connections-per-route=200",
				"holdfast.client.max-connections=200", "holdfast.client.retry.budget-ratio=" + RATIO,
				"holdfast.client.retry.budget-min-per-second=" + Math.round(PER_SECOND));
		try (BootClient client = BootClient.bounded(limits)) {
			Storm storm = storm(bench, client, downstream);
			double allowed = RATIO * storm.calls() + PER_SECOND * Math.max(WINDOW_SECONDS, storm.seconds()) + 1;
			row(table, downstream, "Holdfast", storm, String.format(Locale.ROOT, "%.0f", allowed));
			bench.check("every call reaches a peer that answers with " + downstream.name(),
					storm.finished() && storm.retries() >= 0, "%s", storm);
			bench.check("retries against " + downstream.name() + " stay within the budget", storm.retries() <= allowed,
					"%s, %.0f allowed", storm, allowed);
		}
	}

	private static Storm storm(Workbench bench, BootClient client, Downstream downstream) throws InterruptedException {
		try (Peer peer = downstream.start().get()) {
			// no warm-up: its successes would pay for retries
			return Storm.of(client.client(), peer, bench.form().pick(300, 1200), bench.form().pick(150, 60));
		}
	}

	private static void row(TextTable table, Downstream downstream, String client, Storm storm, String allowed) {
		table.row(downstream.name(), client, storm.calls(), storm.rate(),
				String.format(Locale.ROOT, "%.1f", storm.seconds()), storm.attempts(), storm.retries(),
				String.format(Locale.ROOT, "%.2f", storm.retries() / (double) storm.calls()), allowed);
	}

	private record Downstream(String name, Supplier<Peer> start) {

	}

}
