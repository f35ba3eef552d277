/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Mix;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.report.LinePlot;
import dev.holdfast.lab.report.TextTable;

/**
 * Requests that wait without a thread are none of a concurrency limit's business.
 */
final class LongPollScenario implements Scenario {

	private static final int POLLS = 2000;

	private static final Mix MIX = Mix.of("/demo/async?ms=2000");

	@Override
	public String name() {
		return "long-polls";
	}

	@Override
	public String summary() {
		return POLLS + " long polls of 2 s held together: none is refused";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		TextTable table = new TextTable("threads", "variant", "good", "refused", "late", "other", "held at once",
				"p50 ms", "p99 ms");
		LinePlot plot = new LinePlot(POLLS + " polls of 2 s, begun within 1 s", "answers, by second of the request");
		for (Subject subject : Subject.all(bench)) {
			try (SampleApp app = bench.launcher()
				.start("long-polls-" + subject.id(), subject.options())
				.awaitAnswer("/demo/hello")) {
				measure(bench, subject, app, table, plot);
			}
		}
		bench.publish(this,
				bench.page("Long polls")
					.paragraph("Good means answered with success within 15 s.")
					.table(table)
					.plots(List.of(plot))
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static void measure(Workbench bench, Subject subject, SampleApp app, TextTable table, LinePlot plot)
			throws Exception {
		int rounds = bench.form().pick(1, 10);
		Phase[] phases = new Phase[rounds * 2];
		for (int i = 0; i < rounds; i++) {
			phases[2 * i] = Phase.constant("polls", POLLS, Duration.ofSeconds(1));
			phases[2 * i + 1] = Phase.constant("pause", 0, Duration.ofSeconds(3));
		}
		LoadResult result = LoadGenerator
			.run(LoadPlan.of(app.port(), MIX, phases).withDeadline(Duration.ofSeconds(15)));
		Tally total = result.total();
		table.row(subject.threads(), subject.name(), total.good(), total.refused(), total.late(),
				total.broken() + total.wrong(), result.connections().peak(), Math.round(total.acceptedMillis(50)),
				Math.round(total.acceptedMillis(99)));
		plot.line(subject.id(), subject.style(),
				result.seconds().stream().map((second) -> (double) second.good()).toList());
		if (subject.isVanilla()) {
			return;
		}
		bench.check(subject.id() + ": no long poll is refused", total.refused() == 0, "%s", total);
		bench.check(subject.id() + ": every long poll is answered", total.good() == total.offered(), "%d of %d",
				total.good(), total.offered());
		bench.check(subject.id() + ": they were held together", result.connections().peak() >= 0.9 * POLLS,
				"%d at once", result.connections().peak());
		Optional<LimiterState> limiter = app.actuator().limiter();
		bench.check(subject.id() + ": no permit is held afterwards", limiter.isPresent() && limiter.get().isIdle(),
				"%s", limiter.map(LimiterState::toString).orElse("no limiter at /actuator/concurrency"));
	}

}
