/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What takes long for a good reason, and what must be done although its client has left:
 * defaults that end work for nobody must not end these. Everything runs at once, in one
 * application for each server, and next to no processor time is needed.
 */
public final class PatienceScenario implements Scenario {

	@Override
	public String name() {
		return "patience";
	}

	@Override
	public String summary() {
		return "2 GiB at 1 MiB/s (34 min; short: 15 MiB), an export, mails, sign-ins that are left: all complete";
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
		Extent extent = Extent.of(bench.form());
		Claims claims = new Claims(bench, extent);
		List<Setup> setups = (bench.form() == Form.SHORT) ? Setup.brief() : Setup.all();
		setups = setups.stream().filter((setup) -> bench.includes(setup.id())).toList();
		List<SampleApp> apps = new ArrayList<>();
		ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, setups.size()));
		try {
			Map<Setup, Future<Findings>> running = new LinkedHashMap<>();
			for (Setup setup : setups) {
				SampleApp app = bench.launcher().unpinned().lightly().start("patience-" + setup.id(), setup.options());
				apps.add(app);
				running.put(setup, threads.submit(() -> findings(app, extent)));
			}
			for (Map.Entry<Setup, Future<Findings>> entry : running.entrySet()) {
				add(bench, claims, entry.getKey(), entry.getValue());
			}
		}
		finally {
			threads.shutdownNow();
			apps.forEach(SampleApp::close);
		}
		publish(bench, extent, claims);
	}

	private static Findings findings(SampleApp app, Extent extent) throws IOException, InterruptedException {
		try (app) {
			app.awaitReady();
			return Findings.of(new Application(app.port()), extent);
		}
	}

	/** What cannot be run fails, and does not keep the others from being run. */
	private static void add(Workbench bench, Claims claims, Setup setup, Future<Findings> findings)
			throws InterruptedException {
		try {
			claims.add(setup, findings.get());
		}
		catch (ExecutionException ex) {
			bench.check(setup.id() + " can be run", false, "%s", String.valueOf(ex.getCause()));
		}
	}

	private void publish(Workbench bench, Extent extent, Claims claims) throws IOException {
		bench.publish(this, bench.page("Long for a good reason")
			.paragraph("All at once, on defaults: a download of " + extent.mebibytes()
					+ " MiB whose client reads 1 MiB a second; an export that is silent for " + Rounds.WORK.toSeconds()
					+ " s and then writes " + Extent.ROWS_PER_SECOND + " rows a second for " + extent.exportSeconds()
					+ " s; and one after the other " + extent.rounds()
					+ " times a mail that is sent by an @Async method in " + Rounds.WORK.toSeconds()
					+ " s while its client, answered with 202, has closed the connection; a browser that comes back "
					+ "from an identity provider with a code, and one that asks for the same elsewhere, which both "
					+ "leave " + Rounds.STAY.toMillis() + " ms after the handler began to wait for its upstream ("
					+ Rounds.WORK.toSeconds() + " s), half of the times with FIN and half with RST. Completed, "
					+ "cancelled and failed is what the application itself has counted.")
			.table(claims.table())
			.heading("Claims")
			.checks(bench.checks()), claims.table());
	}

}
