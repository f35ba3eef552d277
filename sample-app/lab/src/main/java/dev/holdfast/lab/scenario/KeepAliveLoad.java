/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import dev.holdfast.failure.FailureKind;
import dev.holdfast.failure.Failures;
import dev.holdfast.lab.nginx.Nginx;
import org.apache.hc.core5.http.NoHttpResponseException;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/**
 * Clients of one application that send a GET, pause, and send the next.
 */
final class KeepAliveLoad implements AutoCloseable {

	private static final int THREADS = 32;

	/** Beyond what the pauses need, for a client that hangs. */
	private static final Duration GRACE = Duration.ofSeconds(60);

	private final ConfigurableApplicationContext application;

	private final int clients;

	private final int gets;

	private final KeepAlivePause pause;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final CountDownLatch unfinished;

	private final LongAdder answered = new LongAdder();

	private final LongAdder kept = new LongAdder();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private KeepAliveLoad(ConfigurableApplicationContext application, int clients, int gets, KeepAlivePause pause) {
		this.application = application;
		this.clients = clients;
		this.gets = gets;
		this.pause = pause;
		this.unfinished = new CountDownLatch(clients);
	}

	/**
	 * Starts the application and its clients.
	 * @param variant whose client it is
	 * @param server whom they call, each at an address of its own
	 * @param clients how many there are
	 * @param gets how many GETs each sends
	 * @param pause what each does in between
	 * @return the load
	 */
	static KeepAliveLoad start(KeepAliveVariant variant, Nginx server, int clients, int gets, KeepAlivePause pause) {
		KeepAliveLoad load = new KeepAliveLoad(KeepAliveApplication.start(variant), clients, gets, pause);
		for (int i = 0; i < clients; i++) {
			RestClient client = load.application.getBean(RestClient.Builder.class)
				.baseUrl(server.address(i).toString())
				.build();
			load.threads.execute(() -> load.send(client, gets));
		}
		return load;
	}

	private void send(RestClient client, int left) {
		get(client);
		if (left == 1) {
			this.unfinished.countDown();
			return;
		}
		CompletableFuture.delayedExecutor(this.pause.next().toNanos(), TimeUnit.NANOSECONDS, this.threads)
			.execute(() -> send(client, left - 1));
	}

	private void get(RestClient client) {
		try {
			String served = client.get().uri("/").retrieve().requiredBody(String.class);
			this.answered.increment();
			if (!served.equals("1")) {
				this.kept.increment();
			}
		}
		catch (RuntimeException ex) {
			this.failures.computeIfAbsent(kindOf(ex).label(), (kind) -> new LongAdder()).increment();
		}
	}

	// the one exception of Apache's that does not say so in the JDK's words
	private static FailureKind kindOf(RuntimeException failure) {
		return (failure.getCause() instanceof NoHttpResponseException) ? FailureKind.CLOSED_BY_PEER
				: Failures.kindOf(failure);
	}

	/**
	 * Waits for the clients, though not for ever: what has no answer by then counts as
	 * failed.
	 * @return what became of their GETs
	 * @throws InterruptedException if interrupted
	 */
	KeepAliveResult await() throws InterruptedException {
		Duration limit = this.pause.longest().multipliedBy(this.gets).plus(GRACE);
		if (!this.unfinished.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
			this.failures.computeIfAbsent("clients that hang", (kind) -> new LongAdder())
				.add(this.unfinished.getCount());
		}
		Map<String, Long> byKind = this.failures.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (failure) -> failure.getValue().sum()));
		return new KeepAliveResult(this.clients * this.gets, this.answered.sum(), this.kept.sum(), byKind);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		this.application.close();
	}

}
