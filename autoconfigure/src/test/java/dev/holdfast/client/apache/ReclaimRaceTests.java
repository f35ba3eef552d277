/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.HttpClients;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.leak.Lease;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A response is taken back in the moment in which somebody goes on to read or to close
 * it. Whoever wins: a body is whole or says that it is not, and the connection goes back
 * once. With {@code -Dholdfast.long=true} there are 40 000 races of each.
 */
@Tag("A1")
class ReclaimRaceTests {

	private static final int RACES = Boolean.getBoolean("holdfast.long") ? 40_000 : 2_000;

	private static final int SIZE = 20_000;

	/** Longest head start of either side, in turns of a loop. */
	private static final int TURNS = 30_000;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoeverWinsTheConnectionGoesBackOnce(boolean reads) throws Exception {
		try (Peer peer = Peer.that(ReclaimRaceTests::answer);
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class)
				.requestFactory("default")).getHttpClient();
			HttpLeases leases = app.bean(HttpLeases.class);
			int reclaimed = 0;
			for (int race = 0; race < RACES; race++) {
				byte[] expected = body(race + 1);
				InputStream body = client.executeOpen(null, new HttpGet(peer.url()), null).getEntity().getContent();
				List<Lease> held = leases.leases();
				assertThat(held).hasSize(1);
				Reader reader = new Reader(body, reads);
				reader.start();
				spin();
				boolean taken = held.get(0).reclaim();
				reader.join();
				reclaimed += taken ? 1 : 0;
				IOException failure = reader.failure;
				if (reads && !taken) {
					assertThat(failure).isNull();
					assertThat(Arrays.equals(reader.read, expected)).as("body of race %d", race).isTrue();
				}
				else if (reads) {
					assertThat(failure).isInstanceOfSatisfying(CallFailure.class,
							(told) -> assertThat(told.kind()).isEqualTo(FailureKind.CANCELLED));
					assertThat(failure).hasMessageContaining("holdfast.leak.reclaim-after");
				}
				else {
					assertThat(failure).isNull();
				}
				assertThat(((BoundedPool) app.pool()).connections().getTotalStats().getLeased())
					.as("after race %d", race)
					.isZero();
				assertThat(held.get(0).reclaim()).isFalse();
				assertThat(leases.leases()).isEmpty();
			}
			// otherwise nobody has raced
			assertThat(reclaimed).isBetween(1, RACES - 1);
			// a reader that is told before the connection is closed closes it itself, and
			// may
			// not know yet why
			Map<String, Long> closed = app.closed();
			assertThat(closed.getOrDefault("reclaimed", 0L)).isBetween(reclaimed / 2L, (long) reclaimed);
			if (reads) {
				assertThat(closed.values().stream().mapToLong((count) -> count).sum()).isEqualTo(reclaimed);
			}
		}
	}

	private static void answer(Peer.Exchange exchange) throws IOException {
		exchange.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
		exchange.out().write(body(exchange.number()));
	}

	private static byte[] body(int number) {
		byte[] body = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			body[i] = (byte) (number * 31 + i);
		}
		return body;
	}

	private static void spin() {
		for (int turns = ThreadLocalRandom.current().nextInt(TURNS); turns > 0; turns--) {
			Thread.onSpinWait();
		}
	}

	/**
	 * Goes on with a body after a while.
	 */
	private static final class Reader extends Thread {

		private final InputStream body;

		private final boolean reads;

		private volatile byte @Nullable [] read;

		private volatile @Nullable IOException failure;

		private Reader(InputStream body, boolean reads) {
			this.body = body;
			this.reads = reads;
		}

		@Override
		public void run() {
			try (this.body) {
				spin();
				if (this.reads) {
					this.read = this.body.readAllBytes();
				}
			}
			catch (IOException ex) {
				this.failure = ex;
			}
		}

	}

}
