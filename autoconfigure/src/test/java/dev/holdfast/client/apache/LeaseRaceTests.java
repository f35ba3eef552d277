/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wait for a connection ends in the moment in which one comes free: by an interrupt, or
 * because its time is over. Whoever wins, no connection is lost. With
 * {@code -Dholdfast.long=true} there are 40 000 races of each.
 */
@Tag("B3")
class LeaseRaceTests {

	private static final int RACES = Boolean.getBoolean("holdfast.long") ? 40_000 : 5_000;

	private static final HttpRoute ROUTE = new HttpRoute(new HttpHost("http", "127.0.0.1", 1));

	private static final Timeout LONG = Timeout.ofSeconds(5);

	@Test
	void anInterruptLosesNoConnection() throws Exception {
		try (Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			BoundedConnections connections = connections(app);
			int interrupted = 0;
			for (int race = 0; race < RACES; race++) {
				interrupted += isInterrupted(connections) ? 1 : 0;
				assertThat(connections.getTotalStats().getLeased()).as("after race %d", race).isZero();
			}
			assertThat(interrupted).isPositive();
		}
	}

	@Test
	void aTimeoutLosesNoConnection() throws Exception {
		try (Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			BoundedConnections connections = connections(app);
			int late = 0;
			for (int race = 0; race < RACES; race++) {
				ConnectionEndpoint held = connections.lease("holder", ROUTE, LONG, null).get(LONG);
				Waiter waiter = new Waiter(connections.lease("waiter", ROUTE, LONG, null),
						Timeout.of(ThreadLocalRandom.current().nextInt(1, 200), TimeUnit.MICROSECONDS));
				waiter.start();
				spin();
				connections.release(held, null, TimeValue.ZERO_MILLISECONDS);
				late += (waiter.end(connections) instanceof TimeoutException) ? 1 : 0;
				assertThat(connections.getTotalStats().getLeased()).as("after race %d", race).isZero();
			}
			assertThat(late).isPositive();
		}
	}

	/**
	 * The pool by itself, as Boot uses it: what the races are about (HTTPCLIENT-2416).
	 */
	@Test
	void withoutUsAnInterruptLosesConnections() throws Exception {
		int lost = 0;
		for (int race = 0; race < RACES && lost == 0; race++) {
			try (PoolingHttpClientConnectionManager stock = PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnPerRoute(1)
				.build()) {
				isInterrupted(stock);
				lost += stock.getTotalStats().getLeased();
			}
		}
		assertThat(lost).isPositive();
	}

	private static BoundedConnections connections(Bounded app) {
		try (Peer peer = Peer.answering(Peer.OK)) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
		}
		return ((BoundedPool) app.pool()).connections();
	}

	// the waiter is told of the interrupt, and handed the connection before it could say
	// that it wants none any more
	private static boolean isInterrupted(HttpClientConnectionManager connections) throws Exception {
		ConnectionEndpoint held = connections.lease("holder", ROUTE, LONG, null).get(LONG);
		Waiter waiter = new Waiter(connections.lease("waiter", ROUTE, LONG, null), LONG);
		waiter.start();
		while (waiter.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		waiter.interrupt();
		spin();
		connections.release(held, null, TimeValue.ZERO_MILLISECONDS);
		return waiter.end(connections) instanceof InterruptedException;
	}

	private static void spin() {
		for (int turns = ThreadLocalRandom.current().nextInt(3000); turns > 0; turns--) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Waits for a connection.
	 */
	private static final class Waiter extends Thread {

		private final LeaseRequest lease;

		private final Timeout limit;

		private volatile @Nullable ConnectionEndpoint endpoint;

		private volatile @Nullable Exception failure;

		private Waiter(LeaseRequest lease, Timeout limit) {
			this.lease = lease;
			this.limit = limit;
		}

		@Override
		public void run() {
			try {
				this.endpoint = this.lease.get(this.limit);
			}
			catch (InterruptedException | TimeoutException | ExecutionException ex) {
				// what the client does then
				this.lease.cancel();
				this.failure = ex;
			}
		}

		private @Nullable Exception end(HttpClientConnectionManager connections) throws InterruptedException {
			join();
			ConnectionEndpoint got = this.endpoint;
			if (got != null) {
				connections.release(got, null, TimeValue.ZERO_MILLISECONDS);
			}
			return this.failure;
		}

	}

}
