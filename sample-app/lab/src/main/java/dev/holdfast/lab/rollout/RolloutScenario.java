/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.holdfast.lab.rollout.Cell.Threads;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;
import dev.holdfast.lab.tool.Tool;

/**
 * Instances are replaced while they are used, behind balancers that notice early, late or
 * never; and what a draining instance tells those who are connected to it.
 */
public final class RolloutScenario implements Scenario {

	private static final String PAIRWISE = "cells/";

	private static final String PRODUCT = "product/";

	@Override
	public String name() {
		return "rollout";
	}

	@Override
	public String summary() {
		return "rolling restarts under load: no request fails (--only=product for every combination)";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public Company company() {
		return Company.PATIENT;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		CellPart part = new CellPart(bench);
		part.run(playable(bench, asked(bench)));
		SingleParts single = new SingleParts(bench);
		single.run();
		bench.say("");
		bench.say(single.table().toString());
		Timing timing = Timing.of(bench.form());
		bench.publish(this, bench.page("A rollout")
			.paragraph("Two instances, replaced one after the other: SIGTERM, and a new one on another port is put in "
					+ "when it is ready. checks is haproxy that asks for readiness every second; delayed is "
					+ "haproxy without checks, which takes an instance out up to " + timing.orders().toSeconds()
					+ " s after SIGTERM; nginx gets another list and SIGHUP up to " + timing.reload().toSeconds()
					+ " s after SIGTERM; direct is a client with a pool that asks for readiness every second. Neither "
					+ "balancer repeats a request. heavy is " + timing.perSecond()
					+ " requests a second, trickle one in three seconds over " + timing.restarts()
					+ " restarts. Failed is everything but an answer with status 2xx within "
					+ OpenLoop.DEADLINE.toSeconds() + " s; a client sends a GET again, once, if its kept connection "
					+ "was closed before a byte of an answer (wrk and h2load do not). Holdfast serves on for "
					+ timing.delay().toSeconds() + " s. Vanilla is played once, for information.")
			.table(part.table())
			.heading("A single instance")
			.table(single.table())
			.heading("Claims")
			.checks(bench.checks()), part.table());
	}

	/**
	 * The product is big: it is played only if nothing else is asked for.
	 * @param bench what is asked for
	 * @return the cells
	 */
	private static List<Cell> asked(Workbench bench) {
		if (bench.form() == Form.SHORT) {
			return including(bench, PAIRWISE, Cells.brief());
		}
		List<Cell> cells = new ArrayList<>(including(bench, PAIRWISE, Cells.pairwise()));
		cells.addAll(including(bench, PAIRWISE, Cells.closedLoop()));
		return cells.isEmpty() ? including(bench, PRODUCT, Cells.product()) : cells;
	}

	private static List<Cell> including(Workbench bench, String group, List<Cell> cells) {
		return cells.stream().filter((cell) -> bench.includes(group + cell.id())).toList();
	}

	private static List<Cell> playable(Workbench bench, List<Cell> cells) throws Exception {
		boolean virtual = bench.launcher().javaVersion() >= 21;
		Set<String> remedies = new TreeSet<>();
		List<Cell> playable = new ArrayList<>();
		for (Cell cell : cells) {
			List<Tool> missing = cell.tools().stream().filter((tool) -> tool.find().isEmpty()).toList();
			missing.forEach((tool) -> remedies.add(tool.missing()));
			if (cell.fleet().threads() == Threads.VIRTUAL && !virtual) {
				bench.say("SKIP  rollout/" + cell.id() + ": virtual threads need JDK 21, name one with --java=PATH");
			}
			else if (missing.isEmpty()) {
				playable.add(cell);
			}
		}
		for (String remedy : remedies) {
			if ("true".equals(System.getenv("HOLDFAST_CI"))) {
				bench.check("rollout can be run", false, "%s", remedy);
			}
			else {
				bench.say("SKIP  rollout: " + remedy);
			}
		}
		return playable;
	}

}
