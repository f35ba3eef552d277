/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A body that is read to its end on close is seen meanwhile.
 */
@Tag("B3")
class DrainingStateTests {

	@Test
	void aBodyThatIsReadOnCloseIsCountedMeanwhile() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
			await(end);
			exchange.write("0\r\n\r\n");
		}); Bounded app = Bounded.with("holdfast.client.drain.max-time=20s")) {
			InputStream body = Objects
				.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
			assertThat(body.read()).isEqualTo('x');
			MeterRegistry meters = app.meters();
			assertThat(connections(meters, "draining")).isZero();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(body));
			Awaitility.await().untilAsserted(() -> assertThat(connections(meters, "draining")).isOne());
			assertThat(connections(meters, "leased")).isOne();
			assertThat(closed).isNotDone();
			end.countDown();
			closed.get(5, TimeUnit.SECONDS);
			assertThat(connections(meters, "draining")).isZero();
			Awaitility.await().untilAsserted(() -> assertThat(connections(meters, "idle")).isOne());
			assertThat(app.closed()).isEmpty();
		}
	}

	private static double connections(MeterRegistry meters, String state) {
		return meters.get("holdfast.client.pool.connections").tag("state", state).gauge().value();
	}

	private static void close(InputStream body) {
		try (body) {
			// nothing more is wanted of it
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(CountDownLatch end) {
		try {
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
