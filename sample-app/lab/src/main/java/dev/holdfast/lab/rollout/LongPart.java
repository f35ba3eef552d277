/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Requests that are in flight at SIGTERM: those that fit in the time that is left, and
 * one that does not.
 */
final class LongPart {

	static final String ID = "long";

	private static final String FITS = "/demo/sleep?ms=5000";

	private static final String TOO_LONG = "/demo/sleep?ms=30000";

	private static final int FITTING = 8;

	private static final int DELAY_SECONDS = 1;

	private static final int PHASE_SECONDS = 6;

	private static final int GRACE_SECONDS = 20;

	private static final List<String> ARGUMENTS = List.of("--holdfast.shutdown.delay=" + DELAY_SECONDS + "s",
			"--spring.lifecycle.timeout-per-shutdown-phase=" + PHASE_SECONDS + "s",
			"--holdfast.shutdown.grace-period=" + GRACE_SECONDS + "s");

	/** What an application's log has to tell of a request that was cut. */
	private static final Pattern NAMED = Pattern.compile("GET\\b.{0,80}/demo/sleep");

	private final Workbench bench;

	private final TextTable table;

	LongPart(Workbench bench, TextTable table) {
		this.bench = bench;
		this.table = table;
	}

	void run(Fleet fleet) throws Exception {
		try (Instance plain = start(fleet, Variant.VANILLA); Instance ours = start(fleet, Variant.HOLDFAST)) {
			plain.awaitReady();
			ours.awaitReady();
			try (InFlight plainFits = InFlight.begin(plain.port(), FITS, FITTING);
					InFlight plainTooLong = InFlight.begin(plain.port(), TOO_LONG, 1);
					InFlight fits = InFlight.begin(ours.port(), FITS, FITTING);
					InFlight tooLong = InFlight.begin(ours.port(), TOO_LONG, 1)) {
				Pause.of(Duration.ofSeconds(1));
				long terminated = System.nanoTime();
				plain.terminate();
				ours.terminate();
				claims(fleet, ours, terminated, fits.await(), tooLong.await());
				String exit = exit(plain.awaitExit(Timing.GRACE));
				List<Ending> ends = plainTooLong.await();
				this.table.row(ID, fleet.id(), "vanilla", "5 s: " + Ending.text(plainFits.await()) + "; 30 s: "
						+ Ending.text(ends) + " after " + Ending.last(ends, terminated) + "; " + exit);
			}
		}
	}

	private Instance start(Fleet fleet, Variant variant) throws Exception {
		return Instance.start(this.bench.launcher(), "rollout-long-" + fleet.id() + "-" + Cell.name(variant),
				fleet.options(variant, ARGUMENTS));
	}

	private void claims(Fleet fleet, Instance ours, long terminated, List<Ending> fits, List<Ending> tooLong)
			throws Exception {
		Duration exit = ours.awaitExit(Timing.GRACE);
		String found = Ending.text(tooLong) + " after " + Ending.last(tooLong, terminated);
		this.table.row(ID, fleet.id(), "holdfast",
				"5 s: " + Ending.text(fits) + "; 30 s: " + found + "; " + exit(exit));
		this.bench.check(fleet.id() + ": requests in flight at SIGTERM that fit complete",
				fits.size() == FITTING && fits.stream().allMatch(Ending::isGood), "%s", Ending.text(fits));
		double cut = Ending.lastSeconds(tooLong, terminated);
		this.bench.check(fleet.id() + ": one that does not fit is told so at the limit",
				tooLong.stream().allMatch(Ending::isRefused) && cut > 5 && cut < DELAY_SECONDS + PHASE_SECONDS + 1,
				"%s, limit %d s", found, DELAY_SECONDS + PHASE_SECONDS);
		String log = ours.log();
		boolean named = NAMED.matcher(log).find();
		boolean stack = log.contains("WorkController");
		this.bench.check(fleet.id() + ": the log has its method, route and stack", named && stack,
				"method and route %s, stack %s", named ? "there" : "missing", stack ? "there" : "missing");
		this.bench.check(fleet.id() + ": the process ends within its grace period",
				exit.compareTo(Duration.ofSeconds(GRACE_SECONDS)) <= 0, "%s of %d s", exit(exit), GRACE_SECONDS);
	}

	private static String exit(Duration exit) {
		return String.format(Locale.ROOT, "exit after %.1f s", exit.toMillis() / 1000.0);
	}

}
