/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.ClosedLoop;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Mix;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.report.LinePlot;
import dev.holdfast.lab.report.TextTable;

/**
 * A burst that stock Spring Boot queues and serves must not meet a single refusal. The
 * first burst comes on fresh connections; those that follow find them open and are so
 * much the steeper.
 */
final class BurstScenario implements Scenario {

	private static final int REQUESTS = 400;

	private static final Mix MIX = Mix.of("/demo/sleep?ms=20");

	private static final Duration GAP = Duration.ofSeconds(2);

	@Override
	public String name() {
		return "burst";
	}

	@Override
	public String summary() {
		return REQUESTS + " requests of 20 ms at once, again and again: none is refused";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		TextTable table = new TextTable("threads", "variant", "burst", "good", "refused", "late", "other", "p50 ms",
				"p99 ms", "max ms");
		LinePlot plot = new LinePlot("Bursts of " + REQUESTS + " requests", "good answers per second");
		for (Subject subject : Subject.all(bench)) {
			LoadResult result = measure(bench, subject);
			for (int i = 0; i < result.plan().phases().size(); i++) {
				Tally burst = result.phase(i);
				table.row(subject.threads(), subject.name(), result.plan().phases().get(i).name(), burst.good(),
						burst.refused(), burst.late(), burst.broken() + burst.wrong(),
						Math.round(burst.acceptedMillis(50)), Math.round(burst.acceptedMillis(99)),
						Math.round(burst.acceptedMillis(100)));
			}
			plot.line(subject.id(), subject.style(),
					result.seconds().stream().map((second) -> (double) second.good()).toList());
			if (!subject.isVanilla()) {
				Tally total = result.total();
				bench.check(subject.id() + ": no request of the bursts is refused", total.refused() == 0, "%s", total);
				bench.check(subject.id() + ": every request of the bursts is served", total.good() == total.offered(),
						"%d of %d", total.good(), total.offered());
			}
		}
		bench.publish(this,
				bench.page("Bursts that stock Spring Boot serves")
					.paragraph("Good means answered with success within 10 s. The first burst opens its connections, "
							+ "the others reuse them.")
					.table(table)
					.plots(List.of(plot))
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static LoadResult measure(Workbench bench, Subject subject) throws Exception {
		int bursts = bench.form().pick(3, 20);
		AppOptions options = subject.options();
		try (SampleApp app = bench.launcher().start("burst-" + subject.id(), options).awaitAnswer("/demo/hello")) {
			ClosedLoop.run(app.port(), MIX, 8, Duration.ofSeconds(bench.form().pick(1, 10)), Duration.ZERO);
			Phase[] phases = new Phase[bursts];
			for (int i = 0; i < bursts; i++) {
				phases[i] = Phase.burst((i == 0) ? "first" : "again " + i, REQUESTS, GAP);
			}
			return LoadGenerator.run(LoadPlan.of(app.port(), MIX, phases).withDeadline(Duration.ofSeconds(10)));
		}
	}

}
