/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the sample application, with every port its own. Where cores are shared out, it
 * moves to its own when it has answered.
 *
 * @param jar the application
 * @param start how it is run
 * @param java the command that runs it
 * @param cores where it runs
 * @param logs folder for its output
 */
public record Launcher(PreparedJar jar, Start start, Path java, Cores cores, Path logs) {

	static final String HEAP = "-Xmx512m";

	/**
	 * The same, from the executable jar.
	 * @return a launcher that takes as long as that takes
	 */
	public Launcher asShipped() {
		return new Launcher(this.jar, Start.SHIPPED, this.java, this.cores, this.logs);
	}

	/**
	 * The same, with as little work for the JIT compiler as there can be: for scenarios
	 * that start many instances and measure no speed.
	 * @return a launcher of slower applications
	 */
	public Launcher lightly() {
		return new Launcher(this.jar, Start.LIGHT, this.java, this.cores, this.logs);
	}

	/**
	 * The same, on all cores.
	 * @return a launcher that pins nothing
	 */
	public Launcher unpinned() {
		return new Launcher(this.jar, this.start, this.java, this.cores.unpinned(), this.logs);
	}

	/**
	 * The same, on a single core.
	 * @param index which one, from 0
	 * @return a launcher of slower applications
	 */
	public Launcher onCore(int index) {
		return new Launcher(this.jar, this.start, this.java, this.cores.single(index), this.logs);
	}

	public SampleApp start(String name, AppOptions options) throws IOException {
		int port = FreePorts.next();
		int managementPort = FreePorts.next();
		List<String> command = new ArrayList<>(this.cores.startPrefix());
		command.addAll(List.of(this.java.toString(), HEAP));
		if (this.cores.isPinned()) {
			command.add("-XX:ActiveProcessorCount=1");
		}
		if (this.start == Start.LIGHT) {
			command.add("-XX:TieredStopAtLevel=1");
		}
		command.addAll((this.start == Start.SHIPPED) ? this.jar.asShipped() : this.jar.prepared());
		command.addAll(List.of("--spring.profiles.active=" + options.profile().profiles(), "--server.port=" + port,
				"--management.server.port=" + managementPort, "--demo.upstream.port=" + FreePorts.next(),
				"--management.endpoint.health.probes.add-additional-paths=true"));
		command.addAll(options.arguments());
		Files.createDirectories(this.logs);
		Path log = this.logs.resolve(name.replaceAll("[^A-Za-z0-9.-]+", "-") + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		Map<String, String> environment = builder.environment();
		environment.put("SPRING_THREADS_VIRTUAL_ENABLED", Boolean.toString(options.virtualThreads()));
		return new SampleApp(builder.start(), this.cores, port, managementPort, log);
	}

	/**
	 * Major version of the JDK that runs the application.
	 * @return such as 17
	 * @throws IOException if it cannot be asked
	 */
	public int javaVersion() throws IOException {
		Process process = new ProcessBuilder(this.java.toString(), "-version").redirectErrorStream(true).start();
		String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String version = answer.replaceAll("(?s)^.*?version \"([0-9]+).*$", "$1");
		return Integer.parseInt(version);
	}

	/**
	 * How the application is run.
	 */
	public enum Start {

		/** As users run it. */
		SHIPPED,

		/** Unpacked, with an archive of its classes. */
		PREPARED,

		/** Prepared, and compiled in haste. */
		LIGHT

	}

}
