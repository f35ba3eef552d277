/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.leaks.LeakReport.Entry;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Responses that something still refers to, so that only time and what has ended speak
 * against them.
 */
final class AbandonedPart {

	static final String ID = "abandoned";

	/** The line of the sample application that has the bug. */
	private static final String CULPRIT = "dev\\.holdfast\\.sample\\.LeakyClient\\.leaveOpen"
			+ "\\(LeakyClient\\.java:[1-9][0-9]*\\)";

	private static final Duration SUSPECT_AFTER = Duration.ofSeconds(2);

	private static final Duration RECLAIM_AFTER = Duration.ofSeconds(4);

	private static final Duration LATE = Duration.ofSeconds(2);

	private final Workbench bench;

	private final LeakTables tables;

	AbandonedPart(Workbench bench, LeakTables tables) {
		this.bench = bench;
		this.tables = tables;
	}

	void run() throws Exception {
		vanilla();
		AppOptions options = AppOptions.holdfast("--management.endpoints.web.exposure.include=*",
				"--holdfast.leak.show-stacks=always",
				"--holdfast.leak.suspect-after=" + SUSPECT_AFTER.toSeconds() + "s", "--holdfast.leak.reclaim=abandoned",
				"--holdfast.leak.reclaim-after=" + RECLAIM_AFTER.toSeconds() + "s");
		try (LeakyApp app = LeakyApp.start(this.bench.launcher(), "leaks-abandoned", options)) {
			List<Entry> first = burst(app, "first", 0);
			names(first);
			List<Entry> second = burst(app, "second", LeakyApp.POOL_SIZE);
			Optional<String> line = second.stream().findFirst().flatMap((suspect) -> suspect.frame(CULPRIT));
			this.bench.check("after the first suspicion every suspect tells the line that took it",
					!second.isEmpty() && second.stream().allMatch((suspect) -> suspect.frame(CULPRIT).isPresent()),
					"%s", line.orElse("no such line"));
		}
	}

	private void vanilla() throws Exception {
		try (LeakyApp app = LeakyApp.start(this.bench.launcher(), "leaks-vanilla-abandoned", AppOptions.vanilla())) {
			int leaked = app.leak(LeakyApp.POOL_SIZE, true);
			try (CallSeries calls = CallSeries.start(app)) {
				calls.goOn(Duration.ofSeconds(this.bench.form().pick(8, 20)));
				CallSeries.Outcome outcome = calls.stop();
				this.bench.check("vanilla: what is left open exhausts the pool, and every later call fails",
						leaked == LeakyApp.POOL_SIZE && outcome.allFailed(), "%d left open, %d of %d failed", leaked,
						outcome.failed(), outcome.calls().size());
				this.tables.row("vanilla", leaked + " kept", -1, -1, outcome);
			}
		}
	}

	private List<Entry> burst(LeakyApp app, String name, int before) throws Exception {
		int leaked = app.leak(LeakyApp.POOL_SIZE, true);
		try (CallSeries calls = CallSeries.start(app)) {
			List<Entry> suspects = app
				.await(SUSPECT_AFTER.plus(LATE), (report) -> report.suspects().size() == LeakyApp.POOL_SIZE)
				.map(LeakReport::suspects)
				.orElse(List.of());
			double named = suspects.isEmpty() ? -1 : calls.seconds();
			boolean taken = app
				.await(RECLAIM_AFTER.plus(LATE), (report) -> report.reclaimed(ID) == before + LeakyApp.POOL_SIZE)
				.isPresent();
			double reclaimed = taken ? calls.seconds() : -1;
			calls.goOn(Duration.ofSeconds(this.bench.form().pick(3, 15)));
			CallSeries.Outcome outcome = calls.stop();
			this.bench.check(
					name + " burst: all that is left open is named within " + SUSPECT_AFTER.plus(LATE).toSeconds()
							+ " s",
					leaked == LeakyApp.POOL_SIZE && named >= 0, "%d left open, %d named after %s", leaked,
					suspects.size(), LeakTables.seconds(named));
			this.bench.check(
					name + " burst: all of it is taken back within " + RECLAIM_AFTER.plus(LATE).toSeconds() + " s",
					taken && reclaimed <= RECLAIM_AFTER.plus(LATE).toSeconds(), "after %s, %d of %d",
					LeakTables.seconds(reclaimed), Math.max(0, app.report().reclaimed(ID) - before), leaked);
			this.bench.check(name + " burst: every later call is served", taken && outcome.after(reclaimed).allServed(),
					"%s, last failure after %s", taken ? outcome.after(reclaimed) : outcome,
					LeakTables.seconds(outcome.lastFailure()));
			this.tables.row("Holdfast", leaked + " kept", named, reclaimed, outcome);
			suspects.stream()
				.findFirst()
				.ifPresent((suspect) -> this.tables.named()
					.row(name, suspect.pool(), suspect.operation(), suspect.route(), suspect.handler(), suspect.kind(),
							suspect.frame(CULPRIT).orElse("-")));
			return suspects;
		}
	}

	private void names(List<Entry> suspects) {
		this.bench.check("each suspect names client, operation, route and handler",
				!suspects.isEmpty() && suspects.stream().allMatch(AbandonedPart::isNamed), "%s",
				suspects.stream().findFirst().map(Entry::toString).orElse("no suspect"));
	}

	private static boolean isNamed(Entry suspect) {
		return suspect.pool().equals(LeakyApp.POOL) && suspect.operation().startsWith("GET ")
				&& suspect.operation().endsWith("/{scenario}") && suspect.route().equals("/demo/leak")
				&& suspect.handler().contains("LeakController#") && suspect.kind().equals(ID);
	}

}
