/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.lab.tool.Tool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The balancers of this machine. Where there is none, tests are skipped, but not in CI.
 */
class FrontTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Test
	void haproxyIsToldWhoIsThere() throws IOException {
		require(Tool.HAPROXY);
		try (Haproxy haproxy = Haproxy.start(false, false); Fake first = new Fake("1"); Fake second = new Fake("2")) {
			assertThat(answer(haproxy.port())).startsWith("503");
			haproxy.put(first);
			assertThat(answer(haproxy.port())).isEqualTo("200 1");
			haproxy.put(second);
			haproxy.remove(first);
			haproxy.remove(first);
			assertThat(answer(haproxy.port())).isEqualTo("200 2");
			assertThat(answer(haproxy.port())).isEqualTo("200 2");
		}
	}

	@Test
	void haproxyHasRoomAgainWhenSomebodyIsOut() throws IOException {
		require(Tool.HAPROXY);
		try (Haproxy haproxy = Haproxy.start(true, false); Fake fake = new Fake("1")) {
			for (int i = 0; i < 2 * HaproxyConfiguration.SLOTS; i++) {
				haproxy.put(fake);
				haproxy.remove(fake);
			}
			haproxy.put(fake);
			assertThat(answer(haproxy.port())).isEqualTo("200 1");
		}
	}

	@Test
	void haproxySeesWhoDoesNotWantRequests() throws IOException {
		require(Tool.HAPROXY);
		try (Haproxy haproxy = Haproxy.start(true, false); Fake fake = new Fake("1")) {
			haproxy.put(fake);
			assertThat(answer(haproxy.port())).isEqualTo("200 1");
			fake.ready = false;
			Awaitility.await().untilAsserted(() -> assertThat(answer(haproxy.port())).startsWith("503"));
			fake.ready = true;
			Awaitility.await().untilAsserted(() -> assertThat(answer(haproxy.port())).isEqualTo("200 1"));
		}
	}

	@Test
	void nginxReadsItsListAgain() throws IOException {
		require(Tool.NGINX);
		try (NginxProxy nginx = NginxProxy.start(); Fake first = new Fake("1"); Fake second = new Fake("2")) {
			nginx.put(first);
			Awaitility.await().untilAsserted(() -> assertThat(answer(nginx.port())).isEqualTo("200 1"));
			nginx.put(second);
			nginx.remove(first);
			Awaitility.await().untilAsserted(() -> assertThat(answer(nginx.port())).isEqualTo("200 2"));
		}
	}

	@Test
	void aClientSeesWhoDoesNotWantRequests() throws IOException {
		try (DirectFront front = DirectFront.start(); Fake first = new Fake("1"); Fake second = new Fake("2")) {
			front.put(first);
			front.put(second);
			assertThat(front.next()).isNotEqualTo(front.next());
			second.ready = false;
			Awaitility.await().untilAsserted(() -> {
				assertThat(front.next()).isEqualTo(first.port());
				assertThat(front.next()).isEqualTo(first.port());
			});
			front.remove(first);
			assertThatIOException().isThrownBy(front::next).withMessage("No instance is ready");
		}
	}

	private static void require(Tool tool) {
		Optional<?> program = tool.find();
		if (Boolean.getBoolean("holdfast.ci")) {
			assertThat(program).describedAs(tool.missing()).isPresent();
		}
		assumeThat(program).isPresent();
	}

	private static String answer(int port) throws IOException {
		try (HttpConnection connection = new HttpConnection(port, TIMEOUT)) {
			Answer answer = connection.get("/", TIMEOUT);
			return answer.status() + " " + answer.text();
		}
	}

	/**
	 * Something with a readiness.
	 */
	private static final class Fake implements Destination, AutoCloseable {

		private final HttpServer server;

		private volatile boolean ready = true;

		Fake(String name) throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			this.server.createContext("/", (exchange) -> {
				try (exchange) {
					byte[] body = name.getBytes(StandardCharsets.US_ASCII);
					boolean probe = exchange.getRequestURI().getPath().startsWith("/actuator");
					exchange.sendResponseHeaders((probe && !this.ready) ? 503 : 200, body.length);
					exchange.getResponseBody().write(body);
				}
			});
			this.server.start();
		}

		@Override
		public int port() {
			return this.server.getAddress().getPort();
		}

		@Override
		public int managementPort() {
			return port();
		}

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
