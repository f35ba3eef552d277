/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.websocket.WebSocketClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * WebSocket sessions, by each API that the servers have for them.
 */
@Tag("C1")
class WebSocketAdmissionTests {

	private static final String JAKARTA = "test.jakarta=";

	@ParameterizedTest
	@CsvSource({ "TOMCAT, true", "JETTY, true", "JETTY, false" })
	void sessionHoldsNoPermitForItsLife(ServerKind kind, boolean jakarta) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, Host.class, false,
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0", JAKARTA + jakarta)) {
			List<WebSocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				clients.add(WebSocketClient.open(application.port(), "/echo"));
				await().until(() -> application.limiter().inFlight() == 0);
			}

			assertThat(application.get("/hello").body()).isEqualTo("hello");
			for (WebSocketClient client : clients) {
				client.send("still there");
				assertThat(client.receive()).isEqualTo("still there");
			}
			await().untilAsserted(() -> assertThat(application.running().size()).isZero());
			assertThat(application.limiter().inFlight()).isZero();
			assertThat(application.limiter().state().parked()).isZero();
			assertThat(application.limiter().admitted()).isEqualTo(4);
			clients.forEach(WebSocketClient::abort);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, true", "JETTY, true", "JETTY, false" })
	void handshakeAboveTheLimitIsRefused(ServerKind kind, boolean jakarta) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, Host.class, false,
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0", JAKARTA + jakarta)) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			String answer = application.raw("""
					GET /echo HTTP/1.1\r
					Host: localhost\r
					Connection: Upgrade, close\r
					Upgrade: websocket\r
					Sec-WebSocket-Version: 13\r
					Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
					\r
					""");

			assertThat(answer).startsWith("HTTP/1.1 503").contains("X-Shed-Reason: limit");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	@Import(TestApplication.class)
	static class Host {

		// both servers are on the class path, and Spring takes it for Jetty then
		@Bean
		WebSocketConfigurer echo(@Value("${test.jakarta}") boolean jakarta) {
			DefaultHandshakeHandler handshakes = jakarta
					? new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy())
					: new DefaultHandshakeHandler();
			return (registry) -> registry.addHandler(new Echo(), "/echo").setHandshakeHandler(handshakes);
		}

	}

	private static final class Echo extends TextWebSocketHandler {

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
			session.sendMessage(message);
		}

	}

}
