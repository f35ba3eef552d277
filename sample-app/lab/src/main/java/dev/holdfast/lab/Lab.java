/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.app.Cores;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.PreparedJar;
import dev.holdfast.lab.report.Check;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * Runs experiments and says what passed.
 */
public final class Lab {

	private Lab() {
	}

	public static void main(String[] args) throws Exception {
		Arguments arguments;
		try {
			arguments = Arguments.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		if (arguments.scenarios().isEmpty()) {
			System.out.println(Arguments.help(Scenarios.all()));
			return;
		}
		System.exit(run(arguments) ? 0 : 1);
	}

	private static boolean run(Arguments arguments) throws IOException, InterruptedException {
		Cores cores = Cores.detect();
		PreparedJar jar = new PreparedJar(arguments.app(), arguments.java(),
				arguments.reports().resolve("application"));
		List<String> voids = new ArrayList<>();
		List<Check> checks = new ArrayList<>();
		for (Scenario scenario : arguments.scenarios()) {
			Launcher launcher = new Launcher(jar, Launcher.Start.PREPARED, arguments.java(), cores,
					arguments.reports().resolve("logs"));
			Workbench bench = new Workbench(launcher, arguments.form(), arguments.only(), arguments.runs(),
					arguments.command(scenario.name()), arguments.reports(), System.out);
			long begin = System.nanoTime();
			bench.say("\n== " + scenario.name() + ": " + scenario.summary());
			try {
				if (scenario.isPinned()) {
					cores.pinGenerator();
				}
				scenario.run(bench);
			}
			catch (Exception ex) {
				bench.check(scenario.name() + " can be run", false, "%s", ex);
			}
			finally {
				cores.unpin();
			}
			bench.say("-- " + scenario.name() + " took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds()
					+ " s");
			voids.addAll(bench.voids());
			checks.addAll(bench.checks());
		}
		long passed = checks.stream().filter(Check::holds).count();
		System.out.println();
		voids.forEach(System.out::println);
		checks.stream().filter((check) -> !check.holds()).forEach(System.out::println);
		System.out.println(passed + " passed, " + (checks.size() - passed) + " failed");
		return passed == checks.size();
	}

}
