/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.holdfast.lab.nginx.Nginx;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.tool.Tool;

/**
 * A server closes a kept connection in the moment in which the client sends its next
 * request on it. Nothing is wrong with either, and no request may fail of it.
 */
public final class KeepAliveScenario implements Scenario {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final Duration SPREAD = Duration.ofMillis(100);

	@Override
	public String name() {
		return "keep-alive";
	}

	@Override
	public String summary() {
		return "GETs that come when nginx is about to close their connections: none fails";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public Company company() {
		return Company.QUIET;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Optional<Path> program = Tool.NGINX.find();
		if (program.isPresent()) {
			measure(bench, program.get());
			return;
		}
		String remedy = Tool.NGINX.missing();
		if ("true".equals(System.getenv("HOLDFAST_CI"))) {
			bench.check(name() + " can be run", false, "%s", remedy);
		}
		else {
			bench.say("SKIP  " + name() + ": " + remedy);
		}
	}

	private void measure(Workbench bench, Path program) throws Exception {
		int clients = bench.form().pick(150, 200);
		int gets = bench.form().pick(4, 50);
		KeepAlivePause pause = new KeepAlivePause(LIMIT, SPREAD);
		KeepAliveResult vanilla;
		KeepAliveResult once;
		KeepAliveResult holdfast;
		try (Nginx server = Nginx.start(program, LIMIT, clients);
				KeepAliveLoad plain = KeepAliveLoad.start(KeepAliveVariant.VANILLA, server, clients, gets, pause);
				KeepAliveLoad single = KeepAliveLoad.start(KeepAliveVariant.ONCE, server, clients, gets, pause);
				KeepAliveLoad ours = KeepAliveLoad.start(KeepAliveVariant.DEFAULTS, server, clients, gets, pause)) {
			vanilla = plain.await();
			once = single.await();
			holdfast = ours.await();
		}
		TextTable table = new TextTable("variant", "GETs", "answered", "on a kept connection", "failed", "of them");
		row(table, KeepAliveVariant.VANILLA, vanilla);
		row(table, KeepAliveVariant.ONCE, once);
		row(table, KeepAliveVariant.DEFAULTS, holdfast);
		bench.check("no GET fails because its connection is being closed", holdfast.isPerfect(), "%d of %d failed %s",
				holdfast.failed(), holdfast.sent(), holdfast.failures());
		bench.publish(this,
				bench.page("Connections that are closed while they are used")
					.paragraph(clients + " clients, each with a connection of its own, pause 4.9 to 5.1 s between two "
							+ "GETs, half of the pauses within 10 ms of 5 s; nginx closes what was idle for 5 s. "
							+ "Vanilla is for information: its client sends a failed GET again, which the second row "
							+ "has switched off.")
					.table(table)
					.heading("Claims")
					.checks(bench.checks()),
				table);
	}

	private static void row(TextTable table, KeepAliveVariant variant, KeepAliveResult result) {
		table.row(variant.label(), result.sent(), result.answered(), result.kept(), result.failed(),
				result.failures().isEmpty() ? "-" : result.failures());
	}

}
