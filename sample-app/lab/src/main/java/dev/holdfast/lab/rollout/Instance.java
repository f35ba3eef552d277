/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.BlockingClient;

/**
 * A sample application that is going to get SIGTERM.
 */
final class Instance implements Destination, AutoCloseable {

	private static final String READINESS = "/actuator/health/readiness";

	private final SampleApp app;

	private final ProcessHandle process;

	private final CompletableFuture<Long> ended;

	private volatile long terminatedNanos;

	private Instance(SampleApp app) {
		this.app = app;
		this.process = ProcessHandle.of(app.pid()).orElseThrow();
		this.ended = this.process.onExit().thenApply((process) -> System.nanoTime());
	}

	static Instance start(Launcher launcher, String name, AppOptions options) throws IOException {
		return new Instance(launcher.unpinned().lightly().start(name, options));
	}

	Instance awaitReady() throws IOException {
		this.app.awaitAnswer("/readyz");
		return this;
	}

	@Override
	public int port() {
		return this.app.port();
	}

	@Override
	public int managementPort() {
		return this.app.managementPort();
	}

	@Override
	public boolean isReady() {
		return readiness() == 200;
	}

	/**
	 * What its management port says.
	 * @return the status, 0 if there is no answer
	 */
	int readiness() {
		try {
			return BlockingClient.get(this.app.managementPort(), READINESS, Duration.ofSeconds(1));
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/**
	 * Sends SIGTERM.
	 */
	void terminate() {
		this.terminatedNanos = System.nanoTime();
		this.process.destroy();
	}

	/**
	 * Sends SIGKILL.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Waits for its end.
	 * @param limit how long
	 * @return the time since SIGTERM
	 * @throws IOException if it is still there after that
	 * @throws InterruptedException if interrupted
	 */
	Duration awaitExit(Duration limit) throws IOException, InterruptedException {
		try {
			return Duration.ofNanos(this.ended.get(limit.toMillis(), TimeUnit.MILLISECONDS) - this.terminatedNanos);
		}
		catch (TimeoutException ex) {
			throw new IOException("An instance is still there " + limit + " after it was waited for", ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * What it has written so far.
	 * @return the text
	 * @throws IOException if it cannot be read
	 */
	String log() throws IOException {
		return Files.readString(this.app.log());
	}

	@Override
	public void close() {
		// there is nobody left to be served
		kill();
		this.app.close();
	}

}
