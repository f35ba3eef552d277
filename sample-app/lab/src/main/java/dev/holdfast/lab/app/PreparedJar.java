/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The application's jar unpacked, with an archive of its classes: the same code starts in
 * half of the time, and scenarios start it dozens of times. It is made when it is first
 * asked for and kept for as long as neither the jar nor the JDK changes.
 */
public final class PreparedJar {

	private static final long LIMIT_SECONDS = 120;

	private final Path jar;

	private final Path java;

	private final Path parent;

	private final Object lock = new Object();

	private List<String> arguments = List.of();

	/**
	 * Nothing is done yet.
	 * @param jar the executable jar
	 * @param java the command that runs it
	 * @param parent folder for what is made of it
	 */
	public PreparedJar(Path jar, Path java, Path parent) {
		this.jar = jar;
		this.java = java;
		this.parent = parent;
	}

	/**
	 * How users run it.
	 * @return arguments of the JVM
	 */
	List<String> asShipped() {
		return List.of("-jar", this.jar.toString());
	}

	/**
	 * How scenarios run it.
	 * @return arguments of the JVM
	 * @throws IOException if it cannot be prepared
	 */
	List<String> prepared() throws IOException {
		synchronized (this.lock) {
			if (this.arguments.isEmpty()) {
				Path folder = this.parent.resolve(Integer.toHexString(identity().hashCode()));
				Path unpacked = folder.resolve(this.jar.getFileName());
				Path archive = folder.resolve("classes.jsa");
				if (!Files.exists(archive)) {
					prepare(folder, unpacked, archive);
				}
				this.arguments = List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off",
						"-jar", unpacked.toString());
			}
			return this.arguments;
		}
	}

	private String identity() throws IOException {
		return this.jar.toAbsolutePath() + " " + Files.getLastModifiedTime(this.jar) + " " + Files.size(this.jar) + " "
				+ this.java;
	}

	private void prepare(Path folder, Path unpacked, Path archive) throws IOException {
		Files.createDirectories(folder);
		Path log = folder.resolve("prepare.log");
		run(log, List.of("-Djarmode=tools", "-jar", this.jar.toString(), "extract", "--force", "--destination",
				folder.toString()));
		run(log, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh", "-jar",
				unpacked.toString(), "--spring.profiles.active=" + AppOptions.Profile.DEFAULTS.profiles(),
				"--server.port=0", "--management.server.port=0", "--demo.upstream.port=" + FreePorts.next()));
		if (!Files.exists(archive)) {
			throw new IOException("No archive of classes came of " + this.jar + " (see " + log + ")");
		}
	}

	private void run(Path log, List<String> rest) throws IOException {
		List<String> command = new ArrayList<>(List.of(this.java.toString(), Launcher.HEAP));
		command.addAll(rest);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		try {
			if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("The application could not be prepared (see " + log + "): " + command);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
