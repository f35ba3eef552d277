/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.tool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.util.FileSystemUtils;

/**
 * A server of others as a child process with a folder of its own; closing it ends it and
 * its children, whatever happened.
 */
public final class ToolProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(20);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

	private final Process process;

	private final Path folder;

	private final Thread hook;

	private ToolProcess(Process process, Path folder) {
		this.process = process;
		this.folder = folder;
		this.hook = new Thread(this::kill, "stop-" + process.pid());
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts it and waits until it listens.
	 * @param folder where its configuration is, deleted at the end
	 * @param port where it is going to listen
	 * @param command what to run
	 * @return the process
	 * @throws IOException if it does not come up
	 */
	public static ToolProcess start(Path folder, int port, List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("output.log").toFile())
			.start();
		return new ToolProcess(process, folder).awaitListening(command.get(0), port);
	}

	private ToolProcess awaitListening(String program, int port) throws IOException {
		long end = System.nanoTime() + START_LIMIT.toNanos();
		while (!listens(port)) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String output = Files.readString(this.folder.resolve("output.log"));
				close();
				throw new IOException(program + " did not answer on port " + port + "\n" + output);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
		return this;
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Where signals go.
	 * @return the number of the process
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Sends it a signal.
	 * @param name name of the signal, such as HUP
	 * @throws IOException if it cannot be sent
	 */
	public void signal(String name) throws IOException {
		Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
		try {
			if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
				throw new IOException("Process " + pid() + " cannot be sent SIG" + name);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while process " + pid() + " was sent SIG" + name, ex);
		}
	}

	private void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
		try {
			// who still writes would keep the folder from being deleted
			this.process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			// it is in the folder for temporary files
		}
	}

	@Override
	public void close() {
		// a worker that has lost its master would stay
		List<ProcessHandle> children = this.process.descendants().toList();
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
		children.forEach(ProcessHandle::destroyForcibly);
		kill();
	}

}
