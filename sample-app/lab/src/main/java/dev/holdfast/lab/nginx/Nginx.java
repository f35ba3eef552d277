/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.nginx;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.holdfast.lab.app.FreePorts;
import dev.holdfast.lab.load.BlockingClient;

import org.springframework.util.FileSystemUtils;

/**
 * A running nginx that closes idle connections; closing it ends the process, whatever
 * happened. The body of each answer is the number of requests that its connection has
 * served so far.
 * <p>
 * It answers on one port of several loopback addresses, so that clients which share a
 * pool can have connections of their own.
 */
public final class Nginx implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(20);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private final Process process;

	private final Path folder;

	private final int port;

	private final Thread hook;

	private Nginx(Process process, Path folder, int port) {
		this.process = process;
		this.folder = folder;
		this.port = port;
		this.hook = new Thread(this::kill, "stop-" + process.pid());
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Looks on the path, and where Debian has it, which is not on everybody's path.
	 * @return the program, if it is installed
	 */
	public static Optional<Path> find() {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
			.map((folder) -> Path.of(folder, "nginx"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Starts it and waits for its first answer.
	 * @param program the program
	 * @param keepAlive how long a connection may be idle
	 * @param addresses on how many addresses it answers
	 * @return the server
	 * @throws IOException if it does not come up
	 */
	public static Nginx start(Path program, Duration keepAlive, int addresses) throws IOException {
		Path folder = Files.createTempDirectory("holdfast-nginx-");
		int port = FreePorts.next();
		Files.writeString(folder.resolve("nginx.conf"), NginxConfiguration.text(port, keepAlive, addresses));
		Process process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", "nginx.conf")
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("output.log").toFile())
			.start();
		return new Nginx(process, folder, port).awaitAnswer();
	}

	private Nginx awaitAnswer() throws IOException {
		long end = System.nanoTime() + START_LIMIT.toNanos();
		while (!answers()) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String output = Files.readString(this.folder.resolve("output.log"));
				close();
				throw new IOException("nginx did not answer on port " + this.port + "\n" + output);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
		return this;
	}

	private boolean answers() {
		try {
			return BlockingClient.get(this.port, "/", Duration.ofSeconds(5)) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Where it answers.
	 * @param index which of the addresses, from 0
	 * @return scheme, address and port
	 */
	public URI address(int index) {
		return URI.create("http://" + NginxConfiguration.address(index) + ":" + this.port);
	}

	private void kill() {
		this.process.destroyForcibly();
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			// it is in the folder for temporary files
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IllegalStateException ex) {
			// this JVM is going down: the hook has it
		}
		kill();
	}

}
