/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Traffic;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Rolling restarts under load. In the short form all cells of a fleet are played at once,
 * with the same instances.
 */
final class CellPart {

	private static final long SEED = 20_260;

	private final Workbench bench;

	private final Timing timing;

	/** For a balancer to have looked at everybody, and for connections to be kept. */
	private final Duration settle;

	private final TextTable table = new TextTable("cell", "variant", "run", "requests", "failed", "of them",
			"taken out after", "last exit");

	CellPart(Workbench bench) {
		this.bench = bench;
		this.timing = Timing.of(bench.form());
		this.settle = Duration.ofMillis(bench.form().pick(1200, 2500));
	}

	TextTable table() {
		return this.table;
	}

	void run(List<Cell> cells) throws InterruptedException {
		if (this.bench.form() == Form.SHORT) {
			Map<Fleet, List<Cell>> fleets = new LinkedHashMap<>();
			cells.forEach((cell) -> fleets.computeIfAbsent(cell.fleet(), (fleet) -> new ArrayList<>()).add(cell));
			for (List<Cell> group : fleets.values()) {
				attempt(group);
			}
			return;
		}
		for (Cell cell : cells) {
			attempt(List.of(cell));
		}
	}

	/** What cannot be run fails, and does not keep the others from being run. */
	private void attempt(List<Cell> cells) throws InterruptedException {
		try {
			compare(cells);
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			this.bench.check(cells.get(0).id() + " can be run", false, "%s", ex);
		}
	}

	private void compare(List<Cell> cells) throws Exception {
		Map<Cell, Series> vanilla = series(cells);
		// without us it is for information, but for one claim
		if (this.bench.form() == Form.LONG || cells.stream().anyMatch(CellPart::isClaimed)) {
			play(cells, Variant.VANILLA, 1, vanilla);
		}
		Map<Cell, Series> holdfast = series(cells);
		for (int run = 1; run <= this.bench.runs(); run++) {
			play(cells, Variant.HOLDFAST, run, holdfast);
		}
		for (Cell cell : cells) {
			Series ours = Objects.requireNonNull(holdfast.get(cell));
			Series plain = Objects.requireNonNull(vanilla.get(cell));
			this.bench.check(cell.id() + ": no request fails in a rollout", ours.isPerfect(this.bench.runs()),
					"%s in %d %s, last exit after %.1f s; vanilla %s", ours.counts, ours.runs,
					(ours.runs == 1) ? "run" : "runs", seconds(ours.exit), plain.text());
			if (isClaimed(cell)) {
				this.bench.check(cell.id() + ": vanilla loses some", plain.counts.failed() > 0, "%s", plain.text());
			}
		}
	}

	private static boolean isClaimed(Cell cell) {
		return cell.balancer() == Balancer.CHECKS && cell.traffic() == Traffic.HEAVY;
	}

	private static Map<Cell, Series> series(List<Cell> cells) {
		Map<Cell, Series> series = new LinkedHashMap<>();
		cells.forEach((cell) -> series.put(cell, new Series()));
		return series;
	}

	private void play(List<Cell> cells, Variant variant, int run, Map<Cell, Series> series) throws Exception {
		int restarts = this.timing.restarts(cells);
		List<Access> accesses = new ArrayList<>();
		List<Load> loads = new ArrayList<>();
		String name = "rollout-" + cells.get(0).id() + "-" + Cell.name(variant) + "-" + run;
		try (Rollout rollout = new Rollout((number) -> Instance.start(this.bench.launcher(), name + "-" + number,
				cells.get(0).fleet().options(variant, this.timing.arguments())))) {
			List<Removals> removals = new ArrayList<>();
			for (Cell cell : cells) {
				Access access = Access.open(cell, this.timing);
				accesses.add(access);
				Removals drawn = removals(cell, run, restarts);
				removals.add(drawn);
				rollout.add(access.front(), drawn);
			}
			rollout.begin();
			accesses.forEach((access) -> loads.add(access.startLoad(this.timing, this.bench.form() == Form.SHORT)));
			for (int i = 0; i < restarts; i++) {
				Pause.of(this.settle);
				rollout.restart(i);
			}
			Pause.of(this.settle);
			loads.forEach(Load::end);
			for (int i = 0; i < cells.size(); i++) {
				Cell cell = cells.get(i);
				Counts counts = loads.get(i).await();
				Objects.requireNonNull(series.get(cell)).add(counts, rollout.longestExit());
				row(cell, variant, run, counts, removals.get(i), rollout.longestExit());
			}
		}
		finally {
			loads.forEach(Load::close);
			accesses.forEach(Access::close);
		}
	}

	private Removals removals(Cell cell, int run, int restarts) {
		Duration latest = this.timing.removal(cell.balancer());
		return Removals.draw(SEED + run, latest.isZero() ? 0 : restarts, latest);
	}

	private void row(Cell cell, Variant variant, int run, Counts counts, Removals removals, Duration exit) {
		this.table.row(cell.id(), Cell.name(variant), run, counts.requests(), counts.failed(), counts.kinds(),
				removals.delays().isEmpty() ? "-" : removals, String.format(Locale.ROOT, "%.1f s", seconds(exit)));
		this.bench.say(String.format(Locale.ROOT, "%s %s run %d: %s; last exit after %.1f s; taken out after %s",
				cell.id(), Cell.name(variant), run, counts, seconds(exit),
				removals.delays().isEmpty() ? "its own look" : removals));
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	/**
	 * The runs of a cell.
	 */
	private static final class Series {

		private int runs;

		private Counts counts = Counts.NONE;

		private Duration exit = Duration.ZERO;

		void add(Counts more, Duration longest) {
			this.runs++;
			this.counts = this.counts.plus(more);
			this.exit = (longest.compareTo(this.exit) > 0) ? longest : this.exit;
		}

		boolean isPerfect(int expected) {
			return this.runs == expected && this.counts.requests() > 0 && this.counts.failed() == 0
					&& this.exit.compareTo(Timing.GRACE) <= 0;
		}

		String text() {
			return (this.runs == 0) ? "not run" : this.counts.toString();
		}

	}

}
