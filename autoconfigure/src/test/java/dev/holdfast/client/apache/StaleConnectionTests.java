/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;

import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.TimeValue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A connection that its peer has closed in the meantime is looked at before it is used.
 */
@Tag("B10")
class StaleConnectionTests {

	private static final String NO_RETRY = "holdfast.client.retry.mode=off";

	@Test
	void afterAPauseAClosedConnectionIsNotUsed() {
		try (Peer peer = closingAfterwards(); Bounded app = Bounded.with(NO_RETRY)) {
			assertThat(post(app, peer)).isEqualTo("ok");
			long idle = System.nanoTime();
			Awaitility.await().until(() -> peer.openConnections() == 0);
			Awaitility.await().until(() -> System.nanoTime() - idle > Duration.ofMillis(2050).toNanos());
			assertThat(post(app, peer)).isEqualTo("ok");
			assertThat(peer.connections()).isEqualTo(2);
			assertThat(peer.requests()).hasSize(2);
		}
	}

	@Test
	void whoeverSwitchesTheCheckOffLosesTheCall() {
		ConnectionConfig unchecked = ConnectionConfig.custom()
			.setValidateAfterInactivity(TimeValue.NEG_ONE_SECOND)
			.build();
		try (Peer peer = closingAfterwards();
				Bounded app = Bounded.customized((builder) -> builder
					.withConnectionManagerCustomizer((manager) -> manager.setDefaultConnectionConfig(unchecked)),
						NO_RETRY)) {
			assertThat(post(app, peer)).isEqualTo("ok");
			Awaitility.await().until(() -> peer.openConnections() == 0);
			assertThat(Bounded.failure(catchThrowable(() -> post(app, peer))).kind()).isIn(FailureKind.CLOSED_BY_PEER,
					FailureKind.RESET);
			assertThat(peer.connections()).isOne();
			app.awaitLeased(0);
		}
	}

	// it does not say that it will
	private static Peer closingAfterwards() {
		return Peer.that((exchange) -> {
			exchange.write(Peer.OK);
			exchange.socket().close();
		});
	}

	private static String post(Bounded app, Peer peer) {
		return String.valueOf(app.client().post().uri(peer.url()).body("order").retrieve().body(String.class));
	}

}
