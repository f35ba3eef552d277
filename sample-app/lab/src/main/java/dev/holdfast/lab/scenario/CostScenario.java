/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.ProcessCpu;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.ClosedLoop;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Mix;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.report.TextTable;

/**
 * What a healthy application pays: processor time per request at half its capacity. A
 * pair is two fresh JVMs that run side by side and take turns of a second: A B B A and so
 * on. The speed of a shared machine wanders by more than what is to be measured, but not
 * from one second to the next; in turns of ten seconds, one that follows another of the
 * same JVM is cheaper than one after a rest; and what the JIT compiler makes of the same
 * code differs from one JVM to the next. Turns before those that count let it come to
 * rest: after the closed loop, where threads never wait, it compiles once more.
 */
final class CostScenario implements Scenario {

	private static final double MOST = 1.05;

	private static final int CLIENTS = 10;

	private static final Duration TURN = Duration.ofSeconds(1);

	/** A turn in which the generator was late does not count and is taken again. */
	private static final int ATTEMPTS = 5;

	@Override
	public String name() {
		return "cost";
	}

	@Override
	public String summary() {
		return "processor time per request of a healthy application at 0.5x, in interleaved pairs";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		TextTable table = new TextTable("route", "offered/s", "vanilla µs", "defaults µs", "median ratio",
				"upper bound (95 %)", "pairs", "refused", "run");
		for (Target target : List.of(new Target("hello", "/demo/hello"), new Target("query", "/demo/query?ms=20"))) {
			if (bench.includes(target.name()) && (bench.form() == Form.LONG || target.name().equals("hello"))) {
				measure(bench, target, table);
			}
		}
		bench.publish(this, bench.page("What a healthy application pays")
			.paragraph("Processor time of the server's process, user and system, per request. The ratio of a pair "
					+ "is the mean of the middle half of the ratios of its turns. The bound is the "
					+ "one-sided 95 % limit of the mean ratio, from the logarithms of the pairs.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static void measure(Workbench bench, Target target, TextTable table) throws Exception {
		int pairs = bench.form().pick(1, 7);
		int settling = bench.form().pick(1, 20);
		int turns = bench.form().pick(3, 40);
		double rate = rate(bench, target);
		List<Double> vanilla = new ArrayList<>();
		List<Double> holdfast = new ArrayList<>();
		List<Double> ratios = new ArrayList<>();
		Losses losses = new Losses();
		Duration warmUp = Duration.ofSeconds(bench.form().pick(4, 15));
		for (int i = 0; i < pairs; i++) {
			try (SampleApp plain = start(bench, target, AppOptions.vanilla());
					SampleApp ours = start(bench, target, AppOptions.holdfast())) {
				ClosedLoop.run(plain.port(), target.mix(), CLIENTS, warmUp, TURN);
				ClosedLoop.run(ours.port(), target.mix(), CLIENTS, warmUp, TURN);
				takeTurns(new Share(plain), new Share(ours), settling, target, rate, new Losses());
				Share ofPlain = new Share(plain);
				Share ofOurs = new Share(ours);
				takeTurns(ofPlain, ofOurs, turns, target, rate, losses);
				vanilla.add(ofPlain.micros());
				holdfast.add(ofOurs.micros());
				ratios.add(ofOurs.ratioTo(ofPlain));
			}
		}
		double bound = Statistics.upperBound(ratios);
		table.row(target.name(), Math.round(rate), figure(Statistics.median(vanilla)),
				figure(Statistics.median(holdfast)), figure(Statistics.median(ratios)), figure(bound), pairs,
				losses.refused, (losses.voidRuns == 0) ? "valid" : "void: " + losses.voidRuns);
		bench.check(target.name() + " at 0.5x is refused nothing", losses.refused == 0, "%d refused", losses.refused);
		if (bench.form() == Form.LONG) {
			bench.check(target.name() + " costs at most " + MOST + " of vanilla", bound <= MOST,
					"median ratio %.3f, upper bound %.3f", Statistics.median(ratios), bound);
			bench.check(target.name() + " was measured in valid turns", losses.voidRuns == 0, "%d void",
					losses.voidRuns);
		}
		else {
			bench.say(String.format(Locale.ROOT, "  for information: median ratio %.3f of %d short pairs",
					Statistics.median(ratios), pairs));
		}
	}

	private static void takeTurns(Share plain, Share ours, int turns, Target target, double rate, Losses losses)
			throws IOException {
		for (int turn = 0; turn < turns; turn++) {
			boolean plainFirst = turn % 2 == 0;
			(plainFirst ? plain : ours).take(target, rate, losses);
			(plainFirst ? ours : plain).take(target, rate, losses);
		}
	}

	private static double rate(Workbench bench, Target target) throws Exception {
		try (SampleApp app = bench.launcher().start("cost-rate", AppOptions.vanilla()).awaitAnswer("/demo/hello")) {
			return 0.5 * ClosedLoop.run(app.port(), target.mix(), CLIENTS, Duration.ofSeconds(bench.form().pick(4, 15)),
					Duration.ofSeconds(bench.form().pick(2, 8)));
		}
	}

	private static SampleApp start(Workbench bench, Target target, AppOptions options) throws IOException {
		return bench.launcher()
			.start("cost-" + target.name() + "-" + options.profile(), options)
			.awaitAnswer("/demo/hello");
	}

	private static String figure(double value) {
		if (Double.isInfinite(value)) {
			return "-";
		}
		return String.format(Locale.ROOT, (value < 10) ? "%.3f" : "%.0f", value);
	}

	private record Target(String name, String path) {

		Mix mix() {
			return Mix.of(this.path);
		}

	}

	/**
	 * The turns of one application in a pair.
	 */
	private static final class Share {

		private final SampleApp app;

		private final List<Double> micros = new ArrayList<>();

		Share(SampleApp app) {
			this.app = app;
		}

		void take(Target target, double rate, Losses losses) throws IOException {
			ProcessCpu cpu = this.app.cpu();
			LoadResult result;
			Duration taken;
			int attempts = 0;
			do {
				Duration before = cpu.used();
				result = LoadGenerator
					.run(LoadPlan.of(this.app.port(), target.mix(), Phase.constant("healthy", rate, TURN)));
				taken = cpu.used().minus(before);
				attempts++;
			}
			while (result.isVoid() && attempts < ATTEMPTS);
			this.micros.add(taken.toNanos() / 1000.0 / Math.max(1, result.total().good()));
			losses.add(result);
		}

		double micros() {
			return Statistics.interquartileMean(this.micros);
		}

		/**
		 * Processor time of a request beside that of the other application, each turn
		 * beside its neighbour.
		 */
		double ratioTo(Share other) {
			List<Double> ratios = new ArrayList<>();
			for (int turn = 0; turn < this.micros.size(); turn++) {
				ratios.add(this.micros.get(turn) / other.micros.get(turn));
			}
			return Statistics.interquartileMean(ratios);
		}

	}

	/**
	 * What must not be.
	 */
	private static final class Losses {

		private long refused;

		private int voidRuns;

		void add(LoadResult result) {
			Tally total = result.total();
			this.refused += total.refused();
			this.voidRuns += result.isVoid() ? 1 : 0;
		}

	}

}
