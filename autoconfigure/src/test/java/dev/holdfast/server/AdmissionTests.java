/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a client sees of the admission, on both servers.
 */
@Tag("C1")
class AdmissionTests {

	@ParameterizedTest
	@EnumSource
	void requestAboveTheLimitIsRefusedAndTheNextIsAdmittedOnceOneHasEnded(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=2",
				"holdfast.concurrency.max-queued=0")) {
			CompletableFuture<HttpResponse<String>> first = application.getAsync("/block");
			CompletableFuture<HttpResponse<String>> second = application.getAsync("/block");
			await().until(() -> application.gate().waiting() == 2);
			assertThat(application.limiter().inFlight()).isEqualTo(2);

			HttpResponse<String> refused = application.get("/hello");

			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("limit");
			assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 3L);
			assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
			assertThat(refused.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
					+ "\"status\":503,\"detail\":\"As many requests are running as the service admits "
					+ "(holdfast.concurrency.limit).\"}");

			application.gate().open();
			assertThat(first.join().body()).isEqualTo("passed");
			assertThat(second.join().body()).isEqualTo("passed");
			await().until(() -> application.limiter().inFlight() == 0);
			assertThat(application.get("/hello").body()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatWaitsIsServedWhenAPermitComesFreeAndRefusedWhenNoneDoes(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=1", "holdfast.concurrency.max-wait=1s")) {
			CompletableFuture<HttpResponse<String>> running = application.getAsync("/block");
			await().until(() -> application.gate().waiting() == 1);

			CompletableFuture<HttpResponse<String>> waiting = application.getAsync("/hello");
			await().until(() -> application.limiter().queued() == 1);
			HttpResponse<String> refused = application.get("/hello");
			assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("queue");
			assertThat(waiting.join().headers().firstValue("X-Shed-Reason")).hasValue("timeout");

			CompletableFuture<HttpResponse<String>> lucky = application.getAsync("/hello");
			await().until(() -> application.limiter().queued() == 1);
			application.gate().open();
			assertThat(lucky.join().body()).isEqualTo("hello");
			running.join();
		}
	}

	@ParameterizedTest
	@EnumSource
	void statusRetryAfterAndFurtherHeadersOfRefusalsAreTheOperatorsChoice(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0", "holdfast.concurrency.status=429",
				"holdfast.concurrency.retry-after=1s",
				"holdfast.concurrency.refusal-headers.Access-Control-Allow-Origin=*")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			HttpResponse<String> refused = application.get("/hello");

			assertThat(refused.statusCode()).isEqualTo(429);
			assertThat(refused.headers().firstValue("Connection")).isEmpty();
			assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
			assertThat(refused.body()).contains("\"status\":429", "Too Many Requests");
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyOfARefusedRequestIsNotWaitedFor(ServerKind kind) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			// ten megabytes announced, not one byte sent: the answer and the close come
			// all the same
			String answer = application
				.raw("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485760\r\n\r\n");

			assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Connection: close");
		}
	}

	@ParameterizedTest
	@EnumSource
	void handlerRunsUnderItsOwnLifetimeAndTheThreadKeepsNothing(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind)) {
			assertThat(application.get("/lifetime").body()).isEqualTo("OwnedLifetime");
			await().until(() -> application.running().size() == 0);
		}
	}

}
