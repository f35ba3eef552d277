/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A handler leaves responses open until its client has no connection left: what Boot
 * alone makes of it, and that with us it is named and mended.
 */
public final class LeaksScenario implements Scenario {

	@Override
	public String name() {
		return "leaks";
	}

	@Override
	public String summary() {
		return "responses that nobody closes: named, taken back, and later calls are served";
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
		LeakTables tables = new LeakTables();
		if (bench.includes(AbandonedPart.ID)) {
			new AbandonedPart(bench, tables).run();
		}
		if (bench.includes(CertainPart.ID)) {
			new CertainPart(bench, tables).run();
		}
		bench.say("");
		bench.say(tables.named().toString());
		bench.publish(this, bench.page("Connections that nobody gives back")
			.paragraph(LeakyApp.POOL_SIZE + " connections, all left open by one request; then a call every quarter of "
					+ "a second, which waits half a second for a connection: with Boot alone it would be three "
					+ "minutes, for which there is no property. Kept means that something still refers to the "
					+ "response; what is dropped is collected by jcmd GC.run.")
			.table(tables.calls())
			.heading("What the endpoint tells")
			.table(tables.named())
			.heading("Claims")
			.checks(bench.checks()), tables.calls());
	}

}
