/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Container;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Protocol;
import dev.holdfast.lab.rollout.Cell.Threads;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Workbench;

/**
 * The parts that need no balancer.
 */
final class SingleParts {

	/**
	 * No route of the application has a body of unknown length: that of JSON is made so.
	 */
	private static final List<String> ARGUMENTS = List.of("--holdfast.shutdown.delay=4s",
			"--spring.lifecycle.timeout-per-shutdown-phase=6s", "--management.endpoint.drain.access=unrestricted",
			"--server.compression.enabled=true", "--server.compression.min-response-size=1B",
			"--server.compression.mime-types=application/json");

	private final Workbench bench;

	private final TextTable table = new TextTable("part", "fleet", "variant", "found");

	SingleParts(Workbench bench) {
		this.bench = bench;
	}

	TextTable table() {
		return this.table;
	}

	void run() throws IOException, InterruptedException {
		boolean thorough = this.bench.form() == Form.LONG;
		for (Fleet fleet : fleets()) {
			if (this.bench.includes(LongPart.ID)) {
				attempt(LongPart.ID, fleet, () -> new LongPart(this.bench, this.table).run(fleet));
			}
			if (this.bench.includes(CancelPart.ID) || this.bench.includes(HeaderPart.ID)) {
				attempt(HeaderPart.ID, fleet, () -> cancelAndHeader(fleet, Variant.HOLDFAST));
			}
			if (thorough && this.bench.includes(HeaderPart.ID)) {
				attempt(HeaderPart.ID, fleet, () -> cancelAndHeader(fleet, Variant.VANILLA));
			}
			if (thorough && this.bench.includes(KillPart.ID)) {
				attempt(KillPart.ID, fleet, () -> new KillPart(this.bench, this.table).run(fleet));
			}
		}
	}

	/** What cannot be run fails, and does not keep the others from being run. */
	private void attempt(String part, Fleet fleet, Part task) throws InterruptedException {
		try {
			task.run();
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			this.bench.check(part + "/" + fleet.id() + " can be run", false, "%s", ex);
		}
	}

	private List<Fleet> fleets() throws IOException {
		List<Fleet> fleets = new ArrayList<>();
		fleets.add(new Fleet(Container.TOMCAT, Threads.PLATFORM, Protocol.HTTP1));
		if (this.bench.form() == Form.LONG) {
			fleets.add(new Fleet(Container.JETTY, Threads.PLATFORM, Protocol.HTTP1));
			if (this.bench.launcher().javaVersion() >= 21) {
				fleets.add(new Fleet(Container.TOMCAT, Threads.VIRTUAL, Protocol.HTTP1));
				fleets.add(new Fleet(Container.JETTY, Threads.VIRTUAL, Protocol.HTTP1));
			}
		}
		return fleets;
	}

	/** One instance for both: what is cancelled leaves nothing behind. */
	private void cancelAndHeader(Fleet fleet, Variant variant) throws Exception {
		try (Instance instance = Instance.start(this.bench.launcher(),
				"rollout-header-" + fleet.id() + "-" + Cell.name(variant), fleet.options(variant, ARGUMENTS))) {
			instance.awaitReady();
			if (variant == Variant.HOLDFAST && this.bench.includes(CancelPart.ID)) {
				new CancelPart(this.bench, this.table).run(fleet, instance);
			}
			if (this.bench.includes(HeaderPart.ID)) {
				new HeaderPart(this.bench, this.table).run(fleet, variant, instance);
			}
		}
	}

	/**
	 * Something that can be run.
	 */
	@FunctionalInterface
	private interface Part {

		void run() throws Exception;

	}

}
