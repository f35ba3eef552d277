/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;

import dev.holdfast.client.CallFailure;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The limit of a call is one for all its redirects and retries.
 */
@Tag("B2")
@Tag("B6")
class WholeCallTests {

	private static final int HOP = 500;

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n" })
	void twoHopsThatAreBriefByThemselvesAreCutTogether(String first) {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(HOP);
			exchange.write((exchange.number() == 1) ? first : Peer.OK);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=800ms")) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.phase()).as("%s", failure).isEqualTo(CallPhase.HEADERS);
			assertThat((Throwable) failure).hasMessageContaining("800 ms (holdfast.client.call-timeout)");
			assertThat(failure.facts().total()).isGreaterThan(Duration.ofMillis(HOP));
			assertThat(peer.requests()).hasSize(2);
			app.awaitLeased(0);
		}
	}

}
