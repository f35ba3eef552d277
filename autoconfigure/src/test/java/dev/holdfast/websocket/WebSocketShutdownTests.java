/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.holdfast.inflight.RunningRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions and the whole of a drain, and beside it what Spring Boot does by itself.
 */
@Tag("D4")
@Tag("E5")
class WebSocketShutdownTests {

	private static final String[] DRAINABLE = { "holdfast.shutdown.delay=3s",
			"management.endpoints.web.exposure.include=drain", "management.endpoint.drain.access=unrestricted",
			"spring.lifecycle.timeout-per-shutdown-phase=30s" };

	private final HttpClient client = HttpClient.newHttpClient();

	@SuppressWarnings("try")
	@ParameterizedTest
	@EnumSource
	void drainServesSessionsAndWaitsForNone(WebSocketApplication.Server server)
			throws IOException, InterruptedException {
		try (WebSocketApplication application = WebSocketApplication.start(server, DRAINABLE)) {
			WebSocketClient before = WebSocketClient.open(application.port(), "/echo");
			long begun = System.nanoTime();
			assertThat(drain(application, "POST")).contains("draining");
			WebSocketClient during = WebSocketClient.open(application.port(), "/echo");
			assertThat(before.end().status()).isEqualTo(WebSocketClient.End.GOING_AWAY);
			assertThat(during.end().status()).as("opened while every response says that it is the last")
				.isEqualTo(WebSocketClient.End.GOING_AWAY);
			assertThat(System.nanoTime() - begun).isBetween(TimeUnit.MILLISECONDS.toNanos(2_400),
					TimeUnit.MILLISECONDS.toNanos(6_000));
			try (RawClient late = RawClient.open(application.port())) {
				assertThat(late.closeStatus()).isEqualTo(WebSocketClient.End.GOING_AWAY);
			}
			// the session may be closed before the request of its handshake is over
			await().untilAsserted(() -> assertThat(application.bean(RunningRequests.class).size()).isZero());
			long closing = System.nanoTime();
			application.close();
			assertThat(System.nanoTime() - closing).isLessThan(TimeUnit.SECONDS.toNanos(10));
		}
	}

	@ParameterizedTest
	@EnumSource
	void idleSessionIsNotTakenForAnIdleConnection(WebSocketApplication.Server server)
			throws IOException, InterruptedException {
		try (WebSocketApplication application = WebSocketApplication.start(server, DRAINABLE)) {
			WebSocketClient session = WebSocketClient.open(application.port(), "/echo");
			await().until(() -> application.sessions() == 1);
			assertThat(application.servers()).isNotEmpty()
				.allMatch((connections) -> connections.closeIdle(Duration.ZERO) == 0);
			session.send("hello");
			assertThat(session.receive()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@EnumSource
	void springBootByItselfCutsSessions(WebSocketApplication.Server server) {
		List<WebSocketClient> clients;
		try (WebSocketApplication application = WebSocketApplication.start(server, "holdfast.enabled=false")) {
			clients = IntStream.range(0, 5)
				.mapToObj((index) -> WebSocketClient.open(application.port(), "/echo"))
				.toList();
		}
		assertThat(clients).extracting((client) -> client.end().status()).containsOnly(WebSocketClient.End.CUT);
	}

	private String drain(WebSocketApplication application, String method) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + application.port() + "/actuator/drain"))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

}
