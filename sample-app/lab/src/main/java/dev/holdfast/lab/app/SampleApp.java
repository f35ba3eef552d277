/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lab.load.BlockingClient;

/**
 * A running sample application; closing it ends the process, whatever happened.
 */
public final class SampleApp implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(90);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

	private static final Duration IDLE_WINDOW = Duration.ofMillis(500);

	/** Of a core: what the threads of a JVM use that does nothing. */
	private static final double IDLE_SHARE = 0.05;

	private final Process process;

	private final Cores cores;

	private final int port;

	private final int managementPort;

	private final Path log;

	private final Thread hook;

	SampleApp(Process process, Cores cores, int port, int managementPort, Path log) {
		this.process = process;
		this.cores = cores;
		this.port = port;
		this.managementPort = managementPort;
		this.log = log;
		this.hook = new Thread(process::destroyForcibly, "stop-" + process.pid());
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	public int port() {
		return this.port;
	}

	public int managementPort() {
		return this.managementPort;
	}

	/**
	 * What it has written so far.
	 * @return the file
	 */
	public Path log() {
		return this.log;
	}

	public long pid() {
		return this.process.pid();
	}

	public Actuator actuator() {
		return new Actuator(this.managementPort);
	}

	public ProcessCpu cpu() {
		return new ProcessCpu(this.process.pid());
	}

	/**
	 * Waits for the first good answer, and moves the application to its core.
	 * @param path what to ask for
	 * @return the application
	 * @throws IOException if it does not come up
	 */
	public SampleApp awaitAnswer(String path) throws IOException {
		return await(this.port, path);
	}

	/**
	 * Waits until its management port says that it is ready, whatever is spoken on the
	 * other one.
	 * @return the application
	 * @throws IOException if it does not come up
	 */
	public SampleApp awaitReady() throws IOException {
		return await(this.managementPort, "/actuator/health/readiness");
	}

	private SampleApp await(int port, String path) throws IOException {
		long end = System.nanoTime() + START_LIMIT.toNanos();
		while (!answers(port, path)) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String last = lastLines();
				close();
				throw new IOException("The application did not answer " + path + " (see " + this.log + ")\n" + last);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
		pin();
		return this;
	}

	/**
	 * Waits, while nobody asks anything, until the process has hardly used the processor
	 * for half a second: what the JIT compiler had queued is compiled then. After half a
	 * minute it is as good as it will be.
	 * @throws IOException if it has ended
	 */
	public void awaitIdle() throws IOException {
		long end = System.nanoTime() + IDLE_LIMIT.toNanos();
		double share = 1;
		while (share > IDLE_SHARE && System.nanoTime() < end) {
			long before = System.nanoTime();
			Duration used = cpu().used();
			LockSupport.parkNanos(IDLE_WINDOW.toNanos());
			share = (double) cpu().used().minus(used).toNanos() / (System.nanoTime() - before);
		}
	}

	private void pin() throws IOException {
		try {
			this.cores.pinServer(this.process.pid());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static boolean answers(int port, String path) {
		try {
			return BlockingClient.get(port, path, Duration.ofSeconds(5)) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String lastLines() throws IOException {
		List<String> lines = Files.readAllLines(this.log);
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		catch (IllegalStateException ex) {
			// this JVM is going down: the hook has it
		}
	}

}
