/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.server.ServerKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that are made for requests of a real server: what they take from the request, and
 * that they outlast the server's end.
 */
class ServedCallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient caller = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@ParameterizedTest
	@EnumSource
	@Tag("D1")
	void aRequestThatWaitsForAnUpstreamWhenTheApplicationEndsIsAnswered(ServerKind kind) throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		try (Peer upstream = Peer.that((exchange) -> {
			if (exchange.number() == 1) {
				await(release);
			}
			exchange.write(Peer.OK);
		})) {
			ConfigurableApplicationContext context = start(kind, "server.shutdown=graceful",
					"spring.lifecycle.timeout-per-shutdown-phase=20s");
			CompletableFuture<Void> closed = null;
			try {
				int port = port(context);
				CompletableFuture<HttpResponse<String>> running = send(port, "/twice?url=" + upstream.url());
				Awaitility.await().until(() -> upstream.requests().size() == 1);
				closed = CompletableFuture.runAsync(context::close, (task) -> new Thread(task, "closing").start());
				Awaitility.await()
					.alias("the port is closed")
					.atMost(PATIENCE)
					.until(() -> send(port, "/hello").handle((response, failure) -> failure != null).get());
				assertThat(running).isNotDone();
				assertThat(closed).as("the server waits for its request").isNotDone();
				release.countDown();
				HttpResponse<String> response = running.get(20, TimeUnit.SECONDS);
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(response.body()).as("a call that ran, and one that was begun afterwards").isEqualTo("okok");
				closed.get(20, TimeUnit.SECONDS);
				assertThat(upstream.requests()).hasSize(2);
				assertThat(upstream.connections()).as("the pool was open in between").isOne();
				Awaitility.await().alias("the pool is closed in the end").until(() -> upstream.openConnections() == 0);
			}
			finally {
				release.countDown();
				context.close();
				if (closed != null) {
					closed.get(20, TimeUnit.SECONDS);
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@Tag("B8")
	void thePriorityOfTheRouteIsSentOnAndNotThatOfTheRequestBefore(ServerKind kind) {
		try (Peer upstream = Peer.answering(Peer.OK);
				ConfigurableApplicationContext context = start(kind, "holdfast.client.priority-header=true",
						"holdfast.routes.bulk.pattern=/bulk", "holdfast.routes.bulk.priority=bulk",
						"holdfast.routes.critical.pattern=/critical", "holdfast.routes.critical.priority=critical")) {
			List<String> expected = new ArrayList<>();
			// more often than the server has threads at the start
			for (int round = 0; round < 10; round++) {
				for (String path : List.of("/bulk", "/once", "/critical")) {
					HttpResponse<String> response = send(port(context), path + "?url=" + upstream.url(), "Priority",
							"u=0")
						.join();
					assertThat(response.body()).isEqualTo("ok");
				}
				expected.addAll(List.of("u=7", "none", "u=1"));
			}
			assertThat(upstream.requests()).extracting(ServedCallTests::priority).isEqualTo(expected);
		}
	}

	private static String priority(String request) {
		return Arrays.stream(request.split("\r\n"))
			.filter((line) -> line.startsWith("Priority: "))
			.map((line) -> line.substring("Priority: ".length()))
			.findFirst()
			.orElse("none");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private CompletableFuture<HttpResponse<String>> send(int port, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(PATIENCE);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.caller.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static int port(ConfigurableApplicationContext context) {
		return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
	}

	private static ConfigurableApplicationContext start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.addAll(List.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=WARN",
				"spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false))));
		return new SpringApplicationBuilder(Application.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	/**
	 * An application that calls others.
	 */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Calls.class)
	static class Application {

	}

	@RestController
	static class Calls {

		private final RestClient client;

		Calls(RestClient.Builder builder) {
			this.client = builder.build();
		}

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping({ "/once", "/bulk", "/critical" })
		String once(@RequestParam String url) {
			return Objects.requireNonNull(this.client.get().uri(url).retrieve().body(String.class));
		}

		@GetMapping("/twice")
		String twice(@RequestParam String url) {
			return once(url) + once(url);
		}

	}

}
