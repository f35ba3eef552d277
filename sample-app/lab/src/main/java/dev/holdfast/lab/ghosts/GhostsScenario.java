/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.holdfast.lab.ghosts.Setup.Threads;
import dev.holdfast.lab.peer.Identity;
import dev.holdfast.lab.postgres.Postgres;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

import org.springframework.util.FileSystemUtils;

/**
 * Work for nobody: clients that leave, and time that is over.
 */
public final class GhostsScenario implements Scenario {

	@Override
	public String name() {
		return "ghosts";
	}

	@Override
	public String summary() {
		return "clients leave, deadlines pass: statements and calls end with them, and the next request is served";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		Optional<String> missing = Postgres.missing();
		if (missing.isPresent()) {
			if ("true".equals(System.getenv("HOLDFAST_CI"))) {
				bench.check("ghosts can be run", false, "%s", missing.get());
			}
			else {
				bench.say("SKIP  ghosts: " + missing.get());
			}
			return;
		}
		StormPart storm = new StormPart(bench);
		DeadlinePart deadline = new DeadlinePart(bench);
		Path folder = Files.createTempDirectory("holdfast-ghosts-");
		try (Postgres postgres = Postgres.start()) {
			Identity identity = Identity.create(folder);
			for (Setup setup : asked(bench, StormPart.ID, brief(bench) ? Setup.brief() : Setup.all())) {
				attempt(bench, StormPart.ID, setup, () -> {
					try (Specimen specimen = start(bench, StormPart.ID, setup, postgres, identity, List.of())) {
						storm.run(setup, specimen);
					}
				});
			}
			for (Setup setup : asked(bench, DeadlinePart.ID, brief(bench) ? Setup.briefest() : Setup.all())) {
				attempt(bench, DeadlinePart.ID, setup, () -> {
					try (Specimen specimen = start(bench, DeadlinePart.ID, setup, postgres, identity,
							DeadlinePart.ARGUMENTS)) {
						deadline.run(setup, specimen);
					}
				});
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
		publish(bench, storm, deadline);
	}

	private static boolean brief(Workbench bench) {
		return bench.form() == Form.SHORT;
	}

	private static List<Setup> asked(Workbench bench, String part, List<Setup> setups) throws IOException {
		boolean virtual = bench.launcher().javaVersion() >= 21;
		List<Setup> asked = new ArrayList<>();
		for (Setup setup : setups) {
			String id = part + "/" + setup.id();
			if (bench.includes(id) && setup.threads() == Threads.VIRTUAL && !virtual) {
				bench.say("SKIP  ghosts/" + id + ": virtual threads need JDK 21, name one with --java=PATH");
			}
			else if (bench.includes(id)) {
				asked.add(setup);
			}
		}
		return asked;
	}

	private static Specimen start(Workbench bench, String part, Setup setup, Postgres postgres, Identity identity,
			List<String> arguments) throws Exception {
		return Specimen.start(bench.launcher(), "ghosts-" + part + "-" + setup.id(), setup, postgres, identity,
				arguments);
	}

	/** What cannot be run fails, and does not keep the others from being run. */
	private static void attempt(Workbench bench, String part, Setup setup, Part task) throws InterruptedException {
		try {
			task.run();
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			bench.check(part + "/" + setup.id() + " can be run", false, "%s", ex);
		}
	}

	private void publish(Workbench bench, StormPart storm, DeadlinePart deadline) throws IOException {
		bench.say("");
		bench.say(deadline.table().toString());
		bench.publish(this, bench.page("Work for nobody")
			.paragraph(Storm.CLIENTS + " clients, half of them for /demo/query?ms=5000 on PostgreSQL with a pool "
					+ "of ten connections, half for /demo/upstream/silent, hang up after " + Storm.STAY.toMillis()
					+ " ms, half of each with FIN and half with RST. " + Storm.PROMISE.toMillis()
					+ " ms later somebody asks for a statement of 50 ms and for a call of an upstream that "
					+ "answers at once, and waits for the answers. Queries are over when the database has "
					+ "no active statement and no handler waits for a connection. The server has 300 "
					+ "threads, with us and without: none is missing. Over TLS ten seconds lie between two "
					+ "crowds: what the kernel's table of sockets may cost is saved for so long.")
			.table(storm.table())
			.heading("A second for everything")
			.paragraph("A request may take one second (holdfast.deadline.request); its handler calls a peer that "
					+ "says nothing, or runs a statement of five seconds.")
			.table(deadline.table())
			.heading("Claims")
			.checks(bench.checks()), storm.table());
	}

	/**
	 * Something that can be run.
	 */
	@FunctionalInterface
	private interface Part {

		void run() throws Exception;

	}

}
