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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.EndReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is counted when requests are ended before their time.
 */
@Tag("A3")
@Tag("C3")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "management.server.port=0",
		"demo.upstream.port=0", "holdfast.client.header-timeout=1m", "holdfast.client.call-timeout=1m" })
abstract class AbstractEndedRoutesTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Outcomes outcomes;

	@Autowired
	private RunningRequests running;

	@ParameterizedTest
	@CsvSource({ "ASYNC, /demo/async?ms=60000", "UPSTREAM, /demo/upstream/silent", "UPSTREAM, /demo/upstream/drip-body",
			"QUERY, /demo/query?ms=60000" })
	void workThatIsEndedCountsAsCancelledAndIsAnsweredSo(DemoRoute route, String path) {
		Outcome before = outcome(route);
		CompletableFuture<HttpResponse<String>> answer = ask(path);
		assertThat(awaitRunning(route).cancel(EndReason.CANCELLED)).isTrue();
		assertThat(answer.join().statusCode()).isEqualTo(503);
		assertCancelled(route, before);
	}

	@Test
	void sleepThatIsInterruptedCountsAsCancelled() {
		Outcome before = outcome(DemoRoute.SLEEP);
		CompletableFuture<HttpResponse<String>> answer = ask("/demo/sleep?ms=60000");
		RunningRequest request = awaitRunning(DemoRoute.SLEEP);
		request.cancel(EndReason.SHUTDOWN);
		Objects.requireNonNull(request.thread()).interrupt();
		assertThat(answer.join().statusCode()).isEqualTo(503);
		assertCancelled(DemoRoute.SLEEP, before);
	}

	@Test
	void sleepThatNobodyInterruptsIsDoneAllTheSame() {
		Outcome before = outcome(DemoRoute.SLEEP);
		CompletableFuture<HttpResponse<String>> answer = ask("/demo/sleep?ms=1500");
		awaitRunning(DemoRoute.SLEEP).cancel(EndReason.CANCELLED);
		answer.join();
		assertThat(outcome(DemoRoute.SLEEP)).isEqualTo(new Outcome(before.started() + 1, before.completed() + 1,
				before.cancelled(), before.failed(), before.running()));
	}

	private CompletableFuture<HttpResponse<String>> ask(String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(30))
			.build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	private RunningRequest awaitRunning(DemoRoute route) {
		await().until(() -> outcome(route).running() == 1);
		Optional<RunningRequest> found = this.running.oldestFirst()
			.stream()
			.filter((request) -> Objects.requireNonNullElse(request.route(), "").startsWith("/demo/" + route.id()))
			.findFirst();
		return found.orElseThrow();
	}

	private void assertCancelled(DemoRoute route, Outcome before) {
		await().untilAsserted(() -> assertThat(outcome(route)).isEqualTo(new Outcome(before.started() + 1,
				before.completed(), before.cancelled() + 1, before.failed(), before.running())));
	}

	private Outcome outcome(DemoRoute route) {
		return Objects.requireNonNull(this.outcomes.snapshot().get(route.id()));
	}

}
