/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the routes promise on every server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
abstract class AbstractDemoRoutesTests {

	private static final int LATECOMERS = 2_000;

	private static final int WAVE = 100;

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private Outcomes outcomes;

	@Autowired
	private WebServerApplicationContext context;

	private RestTestClient client = RestTestClient.bindToServer().build();

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + this.port).build();
	}

	String server() {
		return Objects.requireNonNull(this.context.getWebServer()).getClass().getSimpleName();
	}

	@Test
	void helloIsTheSmallestAnswer() {
		answers("/demo/hello", "hello");
	}

	@Test
	void sleepIsCountedAsCompleted() {
		assertCompleted(DemoRoute.SLEEP, () -> answers("/demo/sleep?ms=1", "slept"));
	}

	@Test
	void queryIsCountedAsCompleted() {
		assertCompleted(DemoRoute.QUERY, () -> answers("/demo/query?ms=1", "queried"));
	}

	@Test
	void asyncIsCountedAsCompleted() {
		assertCompleted(DemoRoute.ASYNC, () -> answers("/demo/async?ms=1", "done"));
	}

	@Test
	void cpuAndMixedAnswer() {
		answers("/demo/cpu?ms=1", "computed");
		answers("/demo/mixed", "mixed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sleep", "cpu", "query", "async" })
	void impossibleDurationIsTheCallersMistake(String route) {
		for (String ms : List.of("-1", "600001", "99999999999999999999", "soon", "")) {
			this.client.get()
				.uri("/demo/" + route + "?ms=" + ms)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("Parameter 'ms' must be a whole number of milliseconds from 0 to 600000");
		}
	}

	@Test
	void missingDurationIsTheCallersMistake() {
		this.client.get()
			.uri("/demo/sleep")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void echoCountsTheBytesOfTheBodyWhateverItsType() {
		for (MediaType type : List.of(MediaType.APPLICATION_OCTET_STREAM, MediaType.APPLICATION_FORM_URLENCODED)) {
			this.client.post()
				.uri("/demo/echo")
				.contentType(type)
				.body(new byte[3_000_000])
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("3000000");
		}
	}

	@Test
	void callerIsSeenByTheApplication() {
		this.client.get()
			.uri("/demo/caller")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{'address':'127.0.0.1','scheme':'http','host':'127.0.0.1'}");
	}

	@Test
	void outcomesNameEveryCountedRoute() {
		this.client.get()
			.uri("/demo/outcomes")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<Map<String, Outcome>>() {
			})
			.value((outcomes) -> assertThat(outcomes).containsOnlyKeys("sleep", "query", "async", "upstream"));
	}

	@Test
	void outcomesOfAllRoutesAreToldApart() {
		this.client.get()
			.uri("/demo/outcomes/all")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<Map<String, Outcome>>() {
			})
			.value((outcomes) -> assertThat(outcomes).containsOnlyKeys("sleep", "query", "async", "upstream",
					"download", "export", "mail", "login", "token"));
	}

	@Test
	void upstreamThatAnswersIsOk() {
		assertCompleted(DemoRoute.UPSTREAM, () -> assertUpstream("ok", "ok", HttpStatus.OK));
	}

	@Test
	void upstreamThatRefusesIsAFailureWithItsStatus() {
		assertCompleted(DemoRoute.UPSTREAM,
				() -> assertUpstream("unavailable", "failed", HttpStatus.SERVICE_UNAVAILABLE));
	}

	@Test
	void unknownScenarioIsNotFound() {
		this.client.get()
			.uri("/demo/upstream/perfect")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).endsWith(UpstreamScenario.ids()));
	}

	@Test
	void thousandsWaitWithoutAThreadEach() {
		HttpClient http = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/demo/async?ms=6000"))
			.build();
		int threads = Thread.activeCount();
		Outcome before = outcome(DemoRoute.ASYNC);
		List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
		while (answers.size() < LATECOMERS) {
			// in waves: this is about many that wait, not about many that arrive at once
			IntStream.range(0, WAVE)
				.mapToObj((index) -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
				.forEach(answers::add);
			await().pollInterval(Duration.ofMillis(10))
				.until(() -> outcome(DemoRoute.ASYNC).started() - before.started() == answers.size());
		}
		assertThat(outcome(DemoRoute.ASYNC).running()).isGreaterThan(LATECOMERS / 2);
		assertThat(Thread.activeCount() - threads).isLessThan(LATECOMERS / 4);
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(200));
		await().untilAsserted(
				() -> assertThat(outcome(DemoRoute.ASYNC).completed() - before.completed()).isEqualTo(LATECOMERS));
	}

	@Test
	void probesAnswerOnBothPorts() {
		answersUp(this.port, "/livez");
		answersUp(this.port, "/readyz");
		answersUp(this.managementPort, "/actuator/health/liveness");
		answersUp(this.managementPort, "/actuator/health/readiness");
	}

	@Test
	void onlyHealthAndMetersAreExposed() {
		this.client.get()
			.uri("http://127.0.0.1:" + this.managementPort + "/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk();
		this.client.get()
			.uri("http://127.0.0.1:" + this.managementPort + "/actuator/env")
			.exchange()
			.expectStatus()
			.isNotFound();
	}

	@Test
	void frontPageIsServed() {
		this.client.get().uri("/index.html").exchange().expectStatus().isOk();
	}

	private void answers(String uri, String text) {
		this.client.get().uri(uri).exchange().expectStatus().isOk().expectBody(String.class).isEqualTo(text);
	}

	private void answersUp(int port, String path) {
		this.client.get()
			.uri("http://127.0.0.1:" + port + path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{'status':'UP'}");
	}

	private void assertUpstream(String scenario, String outcome, HttpStatus status) {
		this.client.get()
			.uri("/demo/upstream/{scenario}", scenario)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{'outcome':'" + outcome + "','status':" + status.value() + ",'kind':null,'phase':null}")
			.jsonPath("$.elapsedMs")
			.isNumber();
	}

	private void assertCompleted(DemoRoute route, Runnable request) {
		Outcome before = outcome(route);
		request.run();
		await().untilAsserted(() -> {
			Outcome after = outcome(route);
			assertThat(after.started() - before.started()).isEqualTo(1);
			assertThat(after.completed() - before.completed()).isEqualTo(1);
			assertThat(after.running()).isZero();
		});
	}

	private Outcome outcome(DemoRoute route) {
		return Objects.requireNonNull(this.outcomes.snapshot().get(route.id()));
	}

}
