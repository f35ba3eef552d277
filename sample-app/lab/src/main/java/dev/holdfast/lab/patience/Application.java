/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import dev.holdfast.lab.ghosts.Work;

/**
 * The sample application, and what it tells of its own work.
 */
final class Application {

	private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final int port;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	Application(int port) {
		this.port = port;
	}

	int port() {
		return this.port;
	}

	/**
	 * What has become of the work of some routes.
	 * @param routes names of the routes
	 * @return what is counted, in the order of the names
	 * @throws IOException if it cannot be asked
	 * @throws InterruptedException if interrupted
	 */
	List<Work> work(List<String> routes) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/demo/outcomes/all"))
			.timeout(LOOK_LIMIT)
			.build();
		String json = this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		return routes.stream().map((route) -> Work.parse(json, route)).toList();
	}

	/**
	 * Waits until the work of each of some routes is as it should be.
	 * @param routes names of the routes
	 * @param limit how long to wait
	 * @param expected how it should be
	 * @throws IOException if it does not become so
	 * @throws InterruptedException if interrupted
	 */
	void await(List<String> routes, Duration limit, Predicate<Work> expected) throws IOException, InterruptedException {
		long end = System.nanoTime() + limit.toNanos();
		List<Work> work = work(routes);
		while (!work.stream().allMatch(expected)) {
			if (System.nanoTime() > end) {
				throw new IOException("After " + limit.toSeconds() + " s " + routes + " are " + work);
			}
			LockSupport.parkNanos(PAUSE_NANOS);
			work = work(routes);
		}
	}

}
