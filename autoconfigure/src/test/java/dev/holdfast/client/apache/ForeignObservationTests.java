/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;

import dev.holdfast.client.HttpClients;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A retry belongs to the observation of its call, and to no other that happens to be
 * open.
 */
@Tag("B6")
@Tag("G1")
class ForeignObservationTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRetryIsNotToldToTheObservationOfTheRequestBeingServed(boolean raw) {
		try (Peer peer = Peer.that((exchange) -> exchange
			.write((exchange.number() == 1) ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : Peer.OK));
				Bounded app = Bounded.with(List.of(UnobservedTests.ListenedTo.class),
						"management.observations.enable.http.client.requests=false")) {
			Observation served = Observation.createNotStarted("http.server.requests",
					app.bean(ObservationRegistry.class));
			served.observe(() -> assertThat(raw ? raw(app, peer) : app.get(peer.url())).isEqualTo("ok"));
			assertThat(peer.requests()).hasSize(2);
			assertThat(served.getContext().getHighCardinalityKeyValue("http.request.resend_count")).isNull();
		}
	}

	private static String raw(Bounded app, Peer peer) {
		HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class).requestFactory("raw"))
			.getHttpClient();
		try {
			return client.execute(new HttpGet(peer.url()), (response) -> EntityUtils.toString(response.getEntity()));
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
