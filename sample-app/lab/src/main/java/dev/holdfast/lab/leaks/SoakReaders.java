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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many who read the endpoint all the time, each one answer after the other.
 */
final class SoakReaders implements AutoCloseable {

	static final int COUNT = 16;

	static final Duration PAUSE = Duration.ofMillis(250);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final HttpRequest request;

	private final List<Thread> threads = new ArrayList<>();

	private final List<SoakReadings> readings = new ArrayList<>();

	private volatile boolean stopped;

	private SoakReaders(int managementPort) {
		URI uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/leaks");
		this.request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
	}

	/**
	 * Begins at once.
	 * @param managementPort port of the endpoints
	 * @return what has to be stopped
	 */
	static SoakReaders start(int managementPort) {
		SoakReaders readers = new SoakReaders(managementPort);
		for (int i = 0; i < COUNT; i++) {
			SoakReadings own = new SoakReadings();
			Thread thread = new Thread(() -> readers.read(own), "reader-" + i);
			thread.setDaemon(true);
			readers.readings.add(own);
			readers.threads.add(thread);
		}
		readers.threads.forEach(Thread::start);
		return readers;
	}

	private void read(SoakReadings own) {
		while (!this.stopped) {
			long begin = System.nanoTime();
			try {
				HttpResponse<String> answer = this.http.send(this.request, HttpResponse.BodyHandlers.ofString());
				own.answered(System.nanoTime() - begin, answer.statusCode(), answer.body());
			}
			catch (IOException ex) {
				own.failed(ex.toString());
			}
			catch (InterruptedException ex) {
				// closed early
				return;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	/**
	 * Ends it with the readings that are under way.
	 * @return what all of them have seen
	 * @throws InterruptedException if interrupted
	 */
	SoakReadings stop() throws InterruptedException {
		this.stopped = true;
		SoakReadings all = new SoakReadings();
		for (Thread thread : this.threads) {
			thread.join(TimeUnit.SECONDS.toMillis(2 * PATIENCE.toSeconds()));
			if (thread.isAlive()) {
				throw new IllegalStateException("A reader has no answer after " + 2 * PATIENCE.toSeconds() + " s");
			}
		}
		this.readings.forEach(all::add);
		return all;
	}

	@Override
	public void close() {
		this.stopped = true;
		this.threads.forEach(Thread::interrupt);
	}

}
