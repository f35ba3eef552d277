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
 * Starts the sample application from its executable jar, with every port its own.
 *
 * @param jar the executable jar
 * @param java the command that runs it
 * @param cores where it runs
 * @param logs folder for its output
 */
public record Launcher(Path jar, Path java, Cores cores, Path logs) {

	private static final String HEAP = "-Xmx512m";

	/**
	 * The same, on all cores.
	 * @return a launcher that pins nothing
	 */
	public Launcher unpinned() {
		return new Launcher(this.jar, this.java, this.cores.unpinned(), this.logs);
	}

	public SampleApp start(String name, AppOptions options) throws IOException {
		int port = FreePorts.next();
		int managementPort = FreePorts.next();
		List<String> command = new ArrayList<>(this.cores.serverPrefix());
		command.addAll(List.of(this.java.toString(), HEAP));
		if (this.cores.isPinned()) {
			command.add("-XX:ActiveProcessorCount=1");
		}
		command.addAll(List.of("-jar", this.jar.toString(), "--spring.profiles.active=" + options.profile().profiles(),
				"--server.port=" + port, "--management.server.port=" + managementPort,
				"--demo.upstream.port=" + FreePorts.next(),
				"--management.endpoint.health.probes.add-additional-paths=true"));
		command.addAll(options.arguments());
		Files.createDirectories(this.logs);
		Path log = this.logs.resolve(name.replaceAll("[^A-Za-z0-9.-]+", "-") + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		Map<String, String> environment = builder.environment();
		environment.put("SPRING_THREADS_VIRTUAL_ENABLED", Boolean.toString(options.virtualThreads()));
		return new SampleApp(builder.start(), port, managementPort, log);
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

}
