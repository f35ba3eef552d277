/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.ghosts.Setup.Transport;
import dev.holdfast.lab.ghosts.Storm.Replies;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.IdleTicker;
import dev.holdfast.lab.scenario.Statistics;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Who asks for something slow and leaves: what goes on for nobody, and what that does to
 * the next one who asks.
 */
final class StormPart {

	static final String ID = "storm";

	private static final int NORMAL = 5;

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration HEALTHY = Duration.ofSeconds(10);

	/** With a machine that others use, still far from what happens without us. */
	private static final double GENEROUS_SECONDS = 1.2;

	private final Workbench bench;

	private final TextTable table = new TextTable("setup", "variant", "running at hang-up", "queries over after",
			"calls over after", "next query", "next call", "query before", "call before");

	StormPart(Workbench bench) {
		this.bench = bench;
	}

	TextTable table() {
		return this.table;
	}

	void run(Setup setup, Specimen specimen) throws IOException, SQLException, InterruptedException {
		double query = normal(specimen, Storm.QUERY);
		double call = normal(specimen, Storm.CALL);
		List<Storm.Result> results = setup.isVanilla() ? List.of(vanilla().play(specimen)) : storms(setup, specimen);
		if (results.isEmpty()) {
			return;
		}
		String running = String.valueOf(results.stream().mapToLong(Storm.Result::running).max().orElse(0));
		List<Double> seen = results.stream().map((result) -> result.seen().toMillis() / 1000.0).toList();
		this.table.row(setup.where(), Setup.name(setup.variant()), running,
				seconds(results.stream().map(Storm.Result::queriesOver).toList(), seen),
				seconds(results.stream().map(Storm.Result::callsOver).toList(), seen),
				replies(results.stream().map((result) -> result.replies().query()).toList()),
				replies(results.stream().map((result) -> result.replies().call()).toList()), millis(query),
				millis(call));
		if (setup.isVanilla()) {
			claimVanilla(setup, results.get(0));
		}
		else {
			claimHoldfast(setup, results, Math.max(query, call));
			Optional<LimiterState> limiter = specimen.limiter();
			this.bench.check(setup.id() + ": nobody holds a permit", limiter.map(LimiterState::isIdle).orElse(false),
					"%s", limiter);
		}
	}

	private Storm vanilla() {
		Form form = this.bench.form();
		return new Storm(Duration.ofSeconds(form.pick(4, 35)), Duration.ofSeconds(form.pick(5, 45)));
	}

	/**
	 * Each of them is what a service sees that was healthy so far: who leaves over TLS is
	 * found in the kernel's table, and what that may cost is saved for ten seconds.
	 */
	private List<Storm.Result> storms(Setup setup, Specimen specimen)
			throws IOException, SQLException, InterruptedException {
		int wanted = this.bench.form().pick(2, 5);
		Storm storm = new Storm(SOON, Duration.ofSeconds(8));
		List<Storm.Result> results = new ArrayList<>();
		for (int i = 0; i < 3 * wanted && results.size() < wanted; i++) {
			if (setup.transport() == Transport.TLS) {
				Thread.sleep(HEALTHY.toMillis());
			}
			Storm.Result result = storm.play(specimen);
			if (this.bench.form() == Form.LONG && result.lateMillis() > IdleTicker.LIMIT_MILLIS) {
				this.bench.leaveOut("ghosts/" + setup.id(), "a thread that does nothing was %.1f ms late",
						result.lateMillis());
			}
			else {
				results.add(result);
			}
		}
		this.bench.check(setup.id() + " is measured " + wanted + " times", results.size() == wanted, "%d times",
				results.size());
		return results;
	}

	private static double normal(Specimen specimen, String path) {
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < NORMAL; i++) {
			millis.add(specimen.ask(path, SOON).join().millis());
		}
		return Statistics.median(millis);
	}

	private void claimVanilla(Setup setup, Storm.Result result) {
		this.bench.check(setup.id() + ": work goes on for seconds although nobody waits", result.over() > 3,
				"after %.1f s: queries %s; calls %s", result.seen().toMillis() / 1000.0, result.queries(),
				result.calls());
		Replies replies = result.replies();
		this.bench.check(setup.id() + ": the next requests fail or wait",
				!replies.areOk() && replies.slowestMillis() > 1000, "query: %s, call: %s", replies.query(),
				replies.call());
	}

	private void claimHoldfast(Setup setup, List<Storm.Result> results, double normalMillis) {
		boolean brief = this.bench.form() == Form.SHORT;
		double limit = brief ? GENEROUS_SECONDS : Storm.PROMISE.toMillis() / 1000.0;
		List<Double> over = results.stream().map(Storm.Result::over).toList();
		double worst = over.stream().max(Double::compare).orElseThrow();
		this.bench.check(
				String.format(Locale.ROOT, "%s: all statements and calls are over %.1f s after the clients left",
						setup.id(), limit),
				Statistics.median(over) <= limit && worst <= limit + 0.2, "median %.2f s, worst %.2f s",
				Statistics.median(over), worst);
		List<Double> slowest = results.stream().map((result) -> result.replies().slowestMillis()).toList();
		double patience = normalMillis + (brief ? 1000 : 50);
		this.bench.check(setup.id() + ": the next requests are served in normal time",
				results.stream().allMatch((result) -> result.replies().areOk())
						&& Statistics.median(slowest) <= patience
						&& slowest.stream().max(Double::compare).orElseThrow() <= patience + 200,
				"slower of the two: median %.0f ms, worst %.0f ms, before: %.0f ms", Statistics.median(slowest),
				slowest.stream().max(Double::compare).orElseThrow(), normalMillis);
		Storm.Result odd = results.stream().filter((result) -> !result.isCancelled()).findFirst().orElse(null);
		this.bench.check(setup.id() + ": whoever left is counted as cancelled, whoever waited as completed",
				odd == null, "queries: %s; calls: %s", ((odd != null) ? odd : results.get(0)).queries(),
				((odd != null) ? odd : results.get(0)).calls());
	}

	/** Median and worst, or for how long it was seen. */
	static String seconds(List<Double> over, List<Double> seen) {
		for (int i = 0; i < over.size(); i++) {
			if (over.get(i) < 0) {
				return String.format(Locale.ROOT, "> %.0f s", seen.get(i));
			}
		}
		double worst = over.stream().max(Double::compare).orElseThrow();
		String median = String.format(Locale.ROOT, "%.2f s", Statistics.median(over));
		return (over.size() == 1) ? median : median + String.format(Locale.ROOT, " (worst %.2f s)", worst);
	}

	/** Median and worst if all are good, else the first that is not. */
	static String replies(List<Reply> replies) {
		for (Reply reply : replies) {
			if (!reply.isOk() || replies.size() == 1) {
				return reply.toString();
			}
		}
		List<Double> times = replies.stream().map(Reply::millis).toList();
		return String.format(Locale.ROOT, "200 in %.0f ms (worst %.0f ms)", Statistics.median(times),
				times.stream().max(Double::compare).orElseThrow());
	}

	private static String millis(double millis) {
		return String.format(Locale.ROOT, "%.0f ms", millis);
	}

}
