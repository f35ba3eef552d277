/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lab.app.Launcher;

/**
 * A part of the lab in a JVM of its own, asked line by line. It ends when its input does:
 * also when the lab is killed.
 */
final class ChildProcess implements AutoCloseable {

	private final Process process;

	private final Path log;

	private final PrintStream to;

	private final BufferedReader from;

	private ChildProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts it.
	 * @param launcher where the JDK and the logs are
	 * @param prefix what puts it on a core
	 * @param main its main class
	 * @param arguments its arguments
	 * @return the running process
	 * @throws IOException if it cannot be started
	 */
	static ChildProcess start(Launcher launcher, List<String> prefix, Class<?> main, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(launcher.java().toString(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
				main.getName()));
		command.addAll(List.of(arguments));
		Files.createDirectories(launcher.logs());
		String name = main.getSimpleName() + ((arguments.length > 0) ? "-" + arguments[0] : "");
		Path log = launcher.logs().resolve(name + ".log");
		return new ChildProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
	}

	void tell(String line) {
		this.to.println(line);
	}

	String hear() throws IOException {
		String line = this.from.readLine();
		if (line == null) {
			throw new IOException("A child process ended early (see " + this.log + ")");
		}
		return line;
	}

	@Override
	public void close() {
		this.to.close();
		try {
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
