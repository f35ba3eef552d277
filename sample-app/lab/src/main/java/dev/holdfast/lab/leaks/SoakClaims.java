/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.BlockingClient;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Tally;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What has to hold where nothing is wrong.
 */
final class SoakClaims {

	private static final double MOST_MILLIS = 200;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** A warning or an error, and the name of one of our loggers, which may be short. */
	private static final Pattern OURS = Pattern.compile("\\b(WARN|ERROR)\\b.* (d|dev)\\.(h|holdfast)\\.");

	private final Workbench bench;

	private final SampleApp app;

	SoakClaims(Workbench bench, SampleApp app) {
		this.bench = bench;
		this.app = app;
	}

	void check(LoadResult load, SoakReadings readings) throws IOException {
		Tally total = load.total();
		this.bench.check("no request of the load has failed", total.offered() > 0 && total.good() == total.offered(),
				"%s", total);
		UpstreamCalls calls = this.app.actuator()
			.read("prometheus")
			.map(UpstreamCalls::parse)
			.orElse(new UpstreamCalls(0, 0));
		this.bench.check("no call of the application has failed", calls.succeeded() > 0 && calls.failed() == 0, "%s",
				calls);
		this.bench.check("leases were seen, and none was suspected at any reading",
				readings.leases() > 0 && readings.suspected().isEmpty(), "%d at once, suspected %s", readings.leases(),
				readings.suspected());
		this.bench.check("none was suspected between two readings, none was taken back",
				readings.late() == 0 && readings.reclaimed() == 0, "%d came back late, %d taken back", readings.late(),
				readings.reclaimed());
		this.bench.check("nothing else was found", readings.findings().isEmpty(), "%s", readings.findings());
		// the last answer may have come before its connection was given back
		LeakTotals last = await((totals) -> totals.leases() == 0);
		this.bench.check("afterwards nobody has a lease", last.leases() == 0, "%s", last);
		this.bench.check("every reading is answered with status 200 and what can be parsed",
				readings.answers() > 0 && readings.failed() == 0, "%d answers, failed %s", readings.answers(),
				readings.failures());
		this.bench.check("half of the readings take less than %.0f ms".formatted(MOST_MILLIS),
				readings.millis(50) < MOST_MILLIS, "%.1f ms; for information: p99 %.1f ms, longest %.1f ms",
				readings.millis(50), readings.millis(99), readings.millis(100));
		List<String> lines = Files.readAllLines(this.app.log()).stream().filter(SoakClaims::isOurs).toList();
		this.bench.check("no warning and no error of ours in the log", lines.isEmpty(), "%d %s", lines.size(),
				lines.stream().limit(5).toList());
		checkThatOneIsSeen();
	}

	/**
	 * A response is left open after all: who never suspects would pass everything else.
	 */
	private void checkThatOneIsSeen() throws IOException {
		int status = BlockingClient.get(this.app.port(), "/demo/leak?count=1&keep=true", PATIENCE);
		LeakTotals lost = await((totals) -> !totals.suspected().isEmpty());
		this.bench.check("one that is lost then is suspected",
				status == 200 && lost.suspected().equals(Map.of("abandoned", 1L)), "status %d, %s", status, lost);
	}

	private LeakTotals await(Predicate<LeakTotals> expected) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		LeakTotals totals = totals();
		while (!expected.test(totals) && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			totals = totals();
		}
		return totals;
	}

	private LeakTotals totals() {
		return LeakTotals.parse(this.app.actuator().read("leaks").orElse("{}"));
	}

	/**
	 * Whether a line of the log is a complaint of ours.
	 * @param line the line, as Boot formats it
	 * @return {@code true} for warnings and errors
	 */
	static boolean isOurs(String line) {
		return OURS.matcher(line).find();
	}

}
