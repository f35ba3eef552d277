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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.BlockingClient;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Mix;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.report.TextTable;

/**
 * What a refusal costs. One request holds the only permit; all others are refused, and
 * their processor time is compared with that of the smallest answer at the same rate.
 */
final class RefusalScenario implements Scenario {

	private static final double RATE = 1000;

	private static final Mix HELLO = Mix.of("/demo/hello");

	@Override
	public String name() {
		return "refusal";
	}

	@Override
	public String summary() {
		return "processor time of a refusal beside that of the smallest answer";
	}

	@Override
	public void run(Workbench bench) throws Exception {
		int pairs = bench.form().pick(1, 5);
		List<Double> served = new ArrayList<>();
		List<Double> refused = new ArrayList<>();
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < pairs; i++) {
			served.add(served(bench));
			refused.add(refused(bench));
			ratios.add(refused.get(i) / served.get(i));
		}
		TextTable table = new TextTable("request", "rate/s", "median µs", "ratio");
		table.row("smallest answer", Math.round(RATE), figure(Statistics.median(served)), "1.00");
		table.row("refusal", Math.round(RATE), figure(Statistics.median(refused)), figure(Statistics.median(ratios)));
		bench.check("a refusal costs less than the smallest answer", Statistics.median(ratios) < 1, "%.2f of it",
				Statistics.median(ratios));
		bench.publish(this,
				bench.page("What a refusal costs")
					.paragraph("Processor time of the server's process, user and system, per request.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static double served(Workbench bench) throws Exception {
		try (SampleApp app = bench.launcher()
			.start("refusal-served", AppOptions.holdfast())
			.awaitAnswer("/demo/hello")) {
			return micros(bench, app, false);
		}
	}

	private static double refused(Workbench bench) throws Exception {
		AppOptions options = AppOptions.holdfast("--holdfast.concurrency.limit=1",
				"--holdfast.concurrency.max-queued=0");
		Duration hold = Duration.ofSeconds(bench.form().pick(40, 120));
		try (SampleApp app = bench.launcher().start("refusal", options).awaitAnswer("/demo/hello")) {
			Thread holder = new Thread(() -> hold(app.port(), hold), "holder");
			holder.setDaemon(true);
			holder.start();
			awaitHeld(app);
			return micros(bench, app, true);
		}
	}

	// the load must find the permit taken: it would take it from the holder otherwise
	private static void awaitHeld(SampleApp app) throws IOException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (app.actuator().limiter().filter((limiter) -> limiter.inFlight() == 1).isEmpty()) {
			if (System.nanoTime() > end) {
				throw new IOException("Nobody holds the permit");
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	private static void hold(int port, Duration hold) {
		try {
			// the answer to the request before may arrive ahead of the release of its
			// permit
			while (BlockingClient.get(port, "/demo/sleep?ms=" + hold.toMillis(), hold) == 503) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			}
		}
		catch (IOException ex) {
			// it is cut off when the application stops
		}
	}

	private static double micros(Workbench bench, SampleApp app, boolean refusals) throws IOException {
		Duration length = Duration.ofSeconds(bench.form().pick(3, 30));
		LoadPlan plan = LoadPlan.of(app.port(), HELLO, Phase.constant("steady", RATE, length));
		LoadGenerator.run(plan);
		Duration before = app.cpu().used();
		LoadResult result = LoadGenerator.run(plan);
		Duration used = app.cpu().used().minus(before);
		long unexpected = refusals ? result.total().good() : result.total().refused();
		bench.check(
				refusals ? "while the permit is held nothing is served" : "while permits are free nothing is refused",
				unexpected == 0, "%s", result.total());
		return used.toNanos() / 1000.0 / result.total().offered();
	}

	private static String figure(double value) {
		return String.format(Locale.ROOT, (value < 10) ? "%.2f" : "%.0f", value);
	}

}
