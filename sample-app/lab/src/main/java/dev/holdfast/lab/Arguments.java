/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param scenarios what to run, in this order
 * @param form how thoroughly
 * @param app executable jar of the sample application
 * @param java command of the JDK that runs it
 * @param only parts of a scenario, as a regular expression; empty for all
 * @param runs how often overload and rollout play each of their parts
 * @param reports folder for pages and logs
 */
record Arguments(List<Scenario> scenarios, Form form, Path app, Path java, String only, int runs, Path reports) {

	static Arguments parse(String... args) {
		List<Scenario> scenarios = new ArrayList<>();
		Form form = Form.LONG;
		String only = "";
		int runs = 1;
		Path app = null;
		Path java = defaultJava();
		for (String arg : args) {
			if (arg.startsWith("--app=")) {
				app = Path.of(value(arg));
			}
			else if (arg.startsWith("--java=")) {
				java = Path.of(value(arg));
			}
			else if (arg.startsWith("--only=")) {
				only = value(arg);
			}
			else if (arg.startsWith("--runs=")) {
				runs = positive(arg);
			}
			else if (arg.equals("short") || arg.equals("--short")) {
				form = Form.SHORT;
			}
			else if (!arg.equals("long")) {
				scenarios.add(scenario(arg));
			}
		}
		boolean all = List.of(args).contains("short") || List.of(args).contains("long");
		if (scenarios.isEmpty() && all) {
			scenarios.addAll(Scenarios.all());
		}
		Path target = target();
		return new Arguments(List.copyOf(scenarios), form, (app != null) ? app : sampleJar(target), java, only, runs,
				target.resolve("report"));
	}

	private static Path defaultJava() {
		return Path.of(System.getProperty("java.home"), "bin", "java");
	}

	private static String value(String arg) {
		return arg.substring(arg.indexOf('=') + 1);
	}

	private static int positive(String arg) {
		String value = value(arg);
		if (!value.matches("[1-9][0-9]?")) {
			throw new IllegalArgumentException(arg + ": a number from 1 to 99 is expected.");
		}
		return Integer.parseInt(value);
	}

	private static Scenario scenario(String name) {
		return Scenarios.all()
			.stream()
			.filter((scenario) -> scenario.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no scenario '" + name + "'. Without arguments the lab lists them all."));
	}

	/**
	 * Folder that the lab's jar or classes are in.
	 * @return the build folder
	 */
	private static Path target() {
		try {
			Path code = Path.of(Arguments.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return Objects.requireNonNull(code.getParent());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path sampleJar(Path labTarget) {
		Path folder = labTarget.resolve("../../target").normalize();
		@Nullable Path found = null;
		if (Files.isDirectory(folder)) {
			try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*-exec.jar")) {
				for (Path jar : jars) {
					found = jar;
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return (found != null) ? found : folder.resolve("holdfast-sample-app-exec.jar");
	}

	String command(String scenario) {
		String command = "java -jar sample-app/lab/target/holdfast-lab.jar " + scenario;
		command += this.java.equals(defaultJava()) ? "" : " --java=JDK/bin/java";
		command += (this.form == Form.SHORT) ? " --short" : "";
		command += (this.runs > 1) ? " --runs=" + this.runs : "";
		return command + (this.only.isEmpty() ? "" : " --only=" + this.only);
	}

	static String help(List<Scenario> scenarios) {
		StringBuilder text = new StringBuilder(
				"""
						java -jar holdfast-lab.jar short               every scenario, minutes in total: invariants, generous ratios
						java -jar holdfast-lab.jar long                every scenario, hours: the figures of the docs
						java -jar holdfast-lab.jar SCENARIO... [short] some of them

						--app=PATH    executable jar of the sample application (default: the one beside the lab)
						--java=PATH   java command that runs it (default: the one that runs the lab)
						--only=REGEX  parts of a scenario, such as --only=query/platform/.*/3x
						--runs=N      plays each part of overload (interleaved, tells medians) or rollout so often

						Scenarios:
						""");
		scenarios
			.forEach((scenario) -> text.append(String.format("  %-13s %s%n", scenario.name(), scenario.summary())));
		return text.toString();
	}

}
