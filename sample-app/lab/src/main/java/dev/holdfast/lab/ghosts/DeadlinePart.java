/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.IdleTicker;
import dev.holdfast.lab.scenario.Statistics;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A second for everything, spent by a call of a peer that says nothing and by a statement
 * that takes longer.
 */
final class DeadlinePart {

	static final String ID = "deadline";

	static final List<String> ARGUMENTS = List.of("--holdfast.deadline.mode=enforce", "--holdfast.deadline.request=1s");

	private static final double BUDGET_MILLIS = 1000;

	/** What "within the limit" means. */
	private static final double MEDIAN_LATE = 50;

	private static final double WORST_LATE = 250;

	/** With a machine that others use, still far from what happens without us. */
	private static final double GENEROUS_LATE = 700;

	private static final List<String> PATHS = List.of("/demo/upstream/silent", "/demo/query?ms=5000");

	private static final Duration PATIENCE = Duration.ofSeconds(8);

	/** At once for each path. */
	private static final int TOGETHER = 2;

	private final Workbench bench;

	private final TextTable table = new TextTable("setup", "variant", "request", "answers", "late by", "still running");

	DeadlinePart(Workbench bench) {
		this.bench = bench;
	}

	TextTable table() {
		return this.table;
	}

	void run(Setup setup, Specimen specimen) throws SQLException {
		specimen.ask(Storm.QUERY, PATIENCE).join();
		specimen.ask(Storm.CALL, PATIENCE).join();
		int wanted = setup.isVanilla() ? 1 : this.bench.form().pick(2, 10);
		List<List<Reply>> replies = List.of(new ArrayList<>(), new ArrayList<>());
		long running = 0;
		int rounds = 0;
		for (int i = 0; i < 3 * wanted && rounds < wanted; i++) {
			Round round = play(specimen, setup.isVanilla() ? 1 : TOGETHER);
			if (!setup.isVanilla() && this.bench.form() == Form.LONG && round.lateMillis() > IdleTicker.LIMIT_MILLIS) {
				this.bench.leaveOut("ghosts/deadline/" + setup.id(), "a thread that does nothing was %.1f ms late",
						round.lateMillis());
				continue;
			}
			rounds++;
			running += round.running();
			for (int path = 0; path < PATHS.size(); path++) {
				replies.get(path).addAll(round.replies().get(path));
			}
		}
		this.bench.check(ID + "/" + setup.id() + " is measured " + wanted + " times", rounds == wanted, "%d times",
				rounds);
		for (int path = 0; path < PATHS.size() && rounds > 0; path++) {
			show(setup, PATHS.get(path), replies.get(path), running);
		}
	}

	private static Round play(Specimen specimen, int together) throws SQLException {
		try (IdleTicker ticker = IdleTicker.start()) {
			List<List<CompletableFuture<Reply>>> asked = new ArrayList<>();
			for (String path : PATHS) {
				List<CompletableFuture<Reply>> same = new ArrayList<>();
				for (int i = 0; i < together; i++) {
					same.add(specimen.ask(path, PATIENCE));
				}
				asked.add(same);
			}
			List<List<Reply>> replies = asked.stream()
				.map((same) -> same.stream().map(CompletableFuture::join).toList())
				.toList();
			String outcomes = specimen.outcomes();
			long running = specimen.statements() + Work.parse(outcomes, "query").running()
					+ Work.parse(outcomes, "upstream").running();
			return new Round(replies, running, ticker.lateMillis());
		}
	}

	private void show(Setup setup, String path, List<Reply> replies, long running) {
		List<Double> late = replies.stream().map((reply) -> reply.millis() - BUDGET_MILLIS).toList();
		double median = Statistics.median(late);
		double worst = late.stream().max(Double::compare).orElseThrow();
		List<String> statuses = replies.stream()
			.map((reply) -> (reply.status() != 0) ? String.valueOf(reply.status()) : "none")
			.distinct()
			.sorted()
			.toList();
		String found = String.format(Locale.ROOT, "median %.0f ms, worst %.0f ms", median, worst);
		this.table.row(setup.where(), Setup.name(setup.variant()), path, replies.size() + " x " + statuses, found,
				running);
		String claim = ID + "/" + setup.id() + ": " + path;
		if (setup.isVanilla()) {
			this.bench.check(claim + " takes seconds more than the one that it has", worst > 2000, "%s", found);
			return;
		}
		boolean brief = this.bench.form() == Form.SHORT;
		double earliest = late.stream().min(Double::compare).orElseThrow();
		this.bench.check(claim + " is answered with 503 when its second is over, and nothing goes on",
				statuses.equals(List.of("503")) && running == 0 && earliest >= -MEDIAN_LATE
						&& median <= (brief ? GENEROUS_LATE : MEDIAN_LATE)
						&& worst <= (brief ? 2 * GENEROUS_LATE : WORST_LATE),
				"%d answers %s, late by %s, at the earliest %.0f ms, %d running", replies.size(), statuses, found,
				earliest, running);
	}

	/**
	 * Some requests at once.
	 *
	 * @param replies for each path, what they got
	 * @param running statements and handlers at work when all were answered
	 * @param lateMillis how late a thread was that did nothing
	 */
	private record Round(List<List<Reply>> replies, long running, double lateMillis) {

	}

}
