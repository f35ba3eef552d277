/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpHandler;
import dev.holdfast.lab.ghosts.Work;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ApplicationTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	@Test
	void tellsWhatIsCountedInTheOrderAskedFor() throws Exception {
		try (ShopServer server = new ShopServer("/demo/outcomes/all", outcomes(new AtomicInteger(1)))) {
			assertThat(new Application(server.port()).work(List.of("login", "mail")))
				.containsExactly(new Work(7, 5, 1, 0, 1), new Work(3, 3, 0, 0, 0));
		}
	}

	@Test
	void waitsUntilAllIsAsExpected() throws Exception {
		AtomicInteger running = new AtomicInteger(3);
		try (ShopServer server = new ShopServer("/demo/outcomes/all", outcomes(running))) {
			new Application(server.port()).await(List.of("mail", "login"), LONG, (work) -> work.running() == 0);
			assertThat(running).hasNegativeValue();
		}
	}

	@Test
	void whatDoesNotBecomeAsExpectedIsAnError() {
		try (ShopServer server = new ShopServer("/demo/outcomes/all", outcomes(new AtomicInteger(1_000_000)))) {
			Application app = new Application(server.port());
			assertThatIOException()
				.isThrownBy(() -> app.await(List.of("mail", "login"), Duration.ZERO, (work) -> work.running() == 0))
				.withMessageContaining("running");
		}
	}

	/** One less is running each time. */
	private static HttpHandler outcomes(AtomicInteger running) {
		return (exchange) -> {
			String json = """
					{"mail":{"started":3,"completed":3,"cancelled":0,"failed":0,"running":0},
					"login":{"started":7,"completed":5,"cancelled":1,"failed":0,"running":%d}}"""
				.formatted(running.getAndDecrement());
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(json.getBytes(StandardCharsets.UTF_8));
		};
	}

}
