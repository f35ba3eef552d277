/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jayway.jsonpath.JsonPath;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A response that was forgotten, from the inbound request to the answer of the endpoint.
 */
@Tag("A1")
@ExtendWith(OutputCaptureExtension.class)
class LeakedRequestTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=leaks,health";

	private static final String SOON = "holdfast.leak.suspect-after=1s";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@ParameterizedTest
	@EnumSource
	void suspectNamesItsRouteAndItsHandlerAndNoSecret(ServerKind kind, CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = start(kind, EXPOSED, SOON, "holdfast.leak.show-stacks=always",
				"holdfast.leak.show-peers=always"); LoopbackPeer peer = LoopbackPeer.listening()) {
			leak(context, peer);
			String body = awaitSuspect(context);

			assertThat(body).doesNotContain(LeakingApplication.SECRET, "alice");
			assertThat(read(body, "$.suspects[0].pool")).isEqualTo("quotes");
			assertThat(read(body, "$.suspects[0].target")).isEqualTo(peer.url());
			assertThat(read(body, "$.suspects[0].operation")).isEqualTo("GET /quotes/{id}");
			assertThat(read(body, "$.suspects[0].route")).isEqualTo("/orders/{customer}");
			assertThat(read(body, "$.suspects[0].handler").toString()).contains("Orders#order");
			assertThat(read(body, "$.suspects[0].kind")).isEqualTo("abandoned");
			assertThat(read(body, "$.suspects[0].peer")).isEqualTo("127.0.0.1:" + peer.port());
			if (isVirtual(context)) {
				// the thread has ended with its request
				assertThat(read(body, "$.suspects[0].evidence").toString()).contains("has ended");
				assertThat(body).doesNotContain("\"stack\"");
			}
			else {
				assertThat(read(body, "$.suspects[0].stack").toString()).contains("java.");
			}
			assertThat(output.getAll()).contains("'quotes'", "GET /quotes/{id}", "/orders/{customer}", "Orders#order")
				.doesNotContain(LeakingApplication.SECRET, "alice");
		}
	}

	private static boolean isVirtual(ConfigurableApplicationContext context) {
		return Threading.VIRTUAL.isActive(context.getEnvironment());
	}

	@Test
	void answerHasItsFields() throws Exception {
		try (ConfigurableApplicationContext context = start(ServerKind.TOMCAT, EXPOSED, SOON);
				LoopbackPeer peer = LoopbackPeer.listening()) {
			leak(context, peer);
			String body = awaitSuspect(context);

			assertThat(keys(body, "$")).containsExactlyInAnyOrder("suspects", "reclaimed", "totals", "sockets", "ports",
					"descriptors", "findings", "pools");
			assertThat(keys(body, "$.suspects[0]")).containsExactlyInAnyOrder("pool", "target", "operation", "route",
					"handler", "kind", "evidence", "ageMs", "stillMs", "bytes", "thread", "localPort", "socket");
			assertThat(keys(body, "$.totals")).containsExactlyInAnyOrder("leases", "suspected", "reclaimed", "late");
			assertThat(read(body, "$.totals.leases")).isEqualTo(1);
			assertThat(read(body, "$.totals.suspected.abandoned")).isEqualTo(1);
			assertThat(keys(body, "$.sockets")).contains("available", "states", "listening", "remotes", "closeWait");
			assertThat(JsonPath.<List<Object>>read(body, "$.findings[?(@.id=='leak-abandoned')].severity"))
				.containsExactly("warning");
			assertThat(JsonPath.<List<Object>>read(body, "$.pools[?(@.kind=='http')].name")).containsExactly("quotes");
			assertThat(JsonPath.<List<Object>>read(body, "$.pools[?(@.kind=='server')].name")).hasSize(1);
			assertThat(body).doesNotContain("\"stack\"", "\"peer\"", "\"takenAt\"");
		}
	}

	@Test
	void endpointIsNotExposedUnlessTheUserExposesIt() throws Exception {
		try (ConfigurableApplicationContext context = start(ServerKind.TOMCAT)) {
			assertThat(get(context, "/actuator/leaks").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void endpointIsOnlyRead() throws Exception {
		try (ConfigurableApplicationContext context = start(ServerKind.TOMCAT, EXPOSED,
				"management.endpoint.leaks.access=unrestricted")) {
			assertThat(get(context, "/actuator/leaks").statusCode()).isEqualTo(200);
			for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
				assertThat(send(context, method, "/actuator/leaks").statusCode()).as(method).isEqualTo(405);
			}
		}
	}

	@Test
	void healthHasDetailsAndIsNoPartOfTheProbes() throws Exception {
		try (ConfigurableApplicationContext context = start(ServerKind.TOMCAT, EXPOSED, SOON,
				"management.endpoint.health.show-details=always", "management.endpoint.health.probes.enabled=true");
				LoopbackPeer peer = LoopbackPeer.listening()) {
			leak(context, peer);
			awaitSuspect(context);
			HttpResponse<String> health = get(context, "/actuator/health");
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(read(health.body(), "$.components.leaks.status")).isEqualTo("UP");
			assertThat(read(health.body(), "$.components.leaks.details.leases")).isEqualTo(1);
			assertThat(read(health.body(), "$.components.leaks.details.suspected.abandoned")).isEqualTo(1);
			HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
			for (String probe : List.of("readiness", "liveness")) {
				HealthEndpointGroup group = Objects.requireNonNull(groups.get(probe));
				assertThat(group.isMember(probe + "State")).isTrue();
				assertThat(group.isMember("leaks")).isFalse();
			}
		}
	}

	private static ConfigurableApplicationContext start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.add("server.port=0");
		all.add("server.shutdown=immediate");
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		// another application in this JVM may have switched it off
		all.add("logging.level.dev.holdfast=WARN");
		all.add("spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false)));
		return new SpringApplicationBuilder(LeakingApplication.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	private void leak(ConfigurableApplicationContext context, LoopbackPeer peer)
			throws IOException, InterruptedException {
		HttpResponse<String> answer = get(context,
				"/orders/alice?token=" + LeakingApplication.SECRET + "&port=" + peer.port());
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	private String awaitSuspect(ConfigurableApplicationContext context) {
		return await().atMost(PATIENCE)
			.until(() -> get(context, "/actuator/leaks").body(),
					(body) -> !read(body, "$.suspects").toString().equals("[]"));
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		return send(context, "GET", path);
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws IOException, InterruptedException {
		int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(PATIENCE)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static Object read(String body, String path) {
		return Objects.requireNonNull(JsonPath.<Object>read(body, path));
	}

	private static Iterable<String> keys(String body, String path) {
		return JsonPath.<Map<String, Object>>read(body, path).keySet();
	}

}
