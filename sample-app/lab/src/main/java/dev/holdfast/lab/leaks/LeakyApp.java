/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.SampleApp;

import org.springframework.boot.json.JsonParserFactory;

/**
 * The sample application and its bug.
 */
final class LeakyApp implements AutoCloseable {

	/** Connections of the client that has the bug. */
	static final int POOL_SIZE = 5;

	static final String POOL = "leaky";

	/** Longest that anybody waits for an answer. */
	static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration POLL = Duration.ofMillis(100);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final SampleApp app;

	private final Path java;

	private LeakyApp(SampleApp app, Path java) {
		this.app = app;
		this.java = java;
	}

	/**
	 * Starts it, and makes a call while there are connections.
	 * @param launcher what starts it
	 * @param name name of its log
	 * @param options with us or without us
	 * @return the application
	 * @throws IOException if it does not come up
	 */
	static LeakyApp start(Launcher launcher, String name, AppOptions options) throws IOException {
		SampleApp app = launcher.unpinned().start(name, options).awaitAnswer("/demo/leak/check");
		return new LeakyApp(app, launcher.java());
	}

	/**
	 * Leaves responses open.
	 * @param count how many
	 * @param keep whether something still refers to them
	 * @return how many there were connections for
	 * @throws IOException if there is no answer
	 * @throws InterruptedException if interrupted
	 */
	int leak(int count, boolean keep) throws IOException, InterruptedException {
		Map<String, Object> answer = json(
				get("/demo/leak?count=" + count + "&keep=" + keep, PATIENCE.multipliedBy(5)).body());
		return Integer.parseInt(String.valueOf(answer.get("leaked")));
	}

	/**
	 * Makes one call with the same client.
	 * @return {@code ok}, or what it failed of
	 * @throws InterruptedException if interrupted
	 */
	String call() throws InterruptedException {
		try {
			HttpResponse<String> response = get("/demo/leak/check", PATIENCE);
			if (response.statusCode() != 200) {
				return "status " + response.statusCode();
			}
			Map<String, Object> answer = json(response.body());
			return "ok".equals(answer.get("outcome")) ? CallSeries.SERVED : String.valueOf(answer.get("kind"));
		}
		catch (IOException ex) {
			return "no answer";
		}
	}

	/**
	 * What the endpoint tells of the client's pool.
	 * @return the report, empty where there is no endpoint
	 */
	LeakReport report() {
		return this.app.actuator().read("leaks").map(LeakReport::parse).orElse(LeakReport.EMPTY).of(POOL);
	}

	/**
	 * Waits for a report.
	 * @param limit how long
	 * @param expected what it has to tell
	 * @return the first such report
	 */
	Optional<LeakReport> await(Duration limit, Predicate<LeakReport> expected) {
		long end = System.nanoTime() + limit.toNanos();
		do {
			LeakReport report = report();
			if (expected.test(report)) {
				return Optional.of(report);
			}
			LockSupport.parkNanos(POLL.toNanos());
		}
		while (System.nanoTime() < end);
		return Optional.empty();
	}

	/**
	 * Has the garbage collected.
	 * @throws IOException if the JDK that runs the application has no {@code jcmd}
	 * @throws InterruptedException if interrupted
	 */
	void collect() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(this.java.resolveSibling("jcmd").toString(), Long.toString(this.app.pid()),
				"GC.run")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
			process.destroyForcibly();
			throw new IOException("jcmd GC.run failed");
		}
	}

	private HttpResponse<String> get(String path, Duration timeout) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + this.app.port() + path);
		return this.http.send(HttpRequest.newBuilder(uri).timeout(timeout).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static Map<String, Object> json(String body) {
		return JsonParserFactory.getJsonParser().parseMap(body);
	}

	@Override
	public void close() {
		this.app.close();
	}

}
