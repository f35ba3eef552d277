/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import dev.holdfast.lab.app.Cores;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.PreparedJar;
import dev.holdfast.lab.report.Check;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Form;
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

	private static boolean run(Arguments arguments) throws Exception {
		Cores cores = Cores.detect();
		PreparedJar jar = new PreparedJar(arguments.app(), arguments.java(),
				arguments.reports().resolve("application"));
		Map<Company, List<Scenario>> kinds = arguments.scenarios()
			.stream()
			.collect(Collectors.groupingBy((scenario) -> company(scenario, arguments.form()),
					() -> new EnumMap<>(Company.class), Collectors.toList()));
		List<Workbench> benches = new ArrayList<>();
		for (Map.Entry<Company, List<Scenario>> kind : kinds.entrySet()) {
			if (kind.getKey() != Company.NONE && kind.getValue().size() > 1) {
				benches.addAll(playBeside(kind.getValue(), arguments, jar, cores));
				continue;
			}
			for (Scenario scenario : kind.getValue()) {
				Workbench bench = bench(arguments, jar, cores, scenario, System.out);
				play(scenario, bench, cores);
				benches.add(bench);
			}
		}
		System.out.println();
		benches.forEach((bench) -> bench.voids().forEach(System.out::println));
		List<Check> checks = benches.stream().flatMap((bench) -> bench.checks().stream()).toList();
		long passed = checks.stream().filter(Check::holds).count();
		checks.stream().filter((check) -> !check.holds()).forEach(System.out::println);
		System.out.println(passed + " passed, " + (checks.size() - passed) + " failed");
		return passed == checks.size();
	}

	private static Company company(Scenario scenario, Form form) {
		return (form == Form.SHORT) ? scenario.company() : Company.NONE;
	}

	private static Workbench bench(Arguments arguments, PreparedJar jar, Cores cores, Scenario scenario,
			PrintStream out) {
		Launcher launcher = new Launcher(jar, Launcher.Start.PREPARED, arguments.java(), cores,
				arguments.reports().resolve("logs"));
		return new Workbench(launcher, arguments.form(), arguments.only(), arguments.runs(),
				arguments.command(scenario.name()), arguments.reports(), out);
	}

	private static void play(Scenario scenario, Workbench bench, Cores cores) throws IOException, InterruptedException {
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
		bench.say("-- " + scenario.name() + " took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
	}

	/**
	 * Plays all of them at once. What they say is told one after the other.
	 */
	private static List<Workbench> playBeside(List<Scenario> scenarios, Arguments arguments, PreparedJar jar,
			Cores cores) throws Exception {
		System.out
			.println("\n== beside each other: " + String.join(", ", scenarios.stream().map(Scenario::name).toList()));
		ExecutorService threads = Executors.newFixedThreadPool(scenarios.size());
		try {
			List<Workbench> benches = new ArrayList<>();
			List<ByteArrayOutputStream> texts = new ArrayList<>();
			List<Future<?>> played = new ArrayList<>();
			for (Scenario scenario : scenarios) {
				ByteArrayOutputStream text = new ByteArrayOutputStream();
				Workbench bench = bench(arguments, jar, cores, scenario,
						new PrintStream(text, true, StandardCharsets.UTF_8));
				benches.add(bench);
				texts.add(text);
				played.add(threads.submit(() -> {
					play(scenario, bench, cores);
					return null;
				}));
			}
			for (int i = 0; i < scenarios.size(); i++) {
				played.get(i).get();
				System.out.print(texts.get(i).toString(StandardCharsets.UTF_8));
			}
			return benches;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
