/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests that go on without a thread, on both servers.
 */
@Tag("C1")
class AsyncAdmissionTests {

	private static final String NO_QUEUE = "holdfast.concurrency.max-queued=0";

	@ParameterizedTest
	@EnumSource
	void longPollsHoldNoPermit(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=20")) {
			List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				polls.add(application.getAsync("/async?ms=1500"));
			}
			// a request is parked before its permit is given back
			await().untilAsserted(() -> {
				assertThat(application.limiter().state().parked()).isEqualTo(200);
				assertThat(application.limiter().inFlight()).isZero();
				assertThat(application.running().size()).isEqualTo(200);
			});
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);

			assertThat(polls).allSatisfy((poll) -> assertThat(poll.join().body()).isEqualTo("done"));
			await().until(() -> application.limiter().state().parked() == 0 && application.running().size() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventStreamHoldsNothingForItsLife(ServerKind kind) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1", NO_QUEUE);
				Socket stream = application.open("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
			byte[] head = new byte[12];
			assertThat(stream.getInputStream().readNBytes(head, 0, head.length)).isEqualTo(head.length);
			assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200");
			await().until(() -> application.limiter().inFlight() == 0);

			assertThat(application.limiter().state().parked()).isZero();
			assertThat(application.running().size()).isEqualTo(1);
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventStreamThatEndsHasSentEverythingAndLeavesNothing(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind)) {
			assertThat(application.get("/events?more=3").body()).contains("data:first", "data:another 1",
					"data:another 2", "data:another 3");
			await().until(() -> application.running().size() == 0 && application.limiter().inFlight() == 0);
			assertThat(application.limiter().state().parked()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatFindsNoParkingSpaceKeepsItsPermit(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=2", NO_QUEUE,
				"holdfast.concurrency.async-limit=1")) {
			CompletableFuture<HttpResponse<String>> parked = application.getAsync("/async?ms=1500");
			await().until(() -> application.limiter().state().parked() == 1);
			CompletableFuture<HttpResponse<String>> unparked = application.getAsync("/async?ms=1500");
			await().until(() -> application.running().size() == 2 && application.limiter().inFlight() == 1);

			assertThat(parked.join().statusCode()).isEqualTo(200);
			assertThat(unparked.join().statusCode()).isEqualTo(200);
			await().until(() -> application.limiter().inFlight() == 0 && application.limiter().state().parked() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitOfARouteCountsItsWorkOnWhateverThread(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, NO_QUEUE,
				"holdfast.routes.polls.pattern=/async", "holdfast.routes.polls.limit=1")) {
			CompletableFuture<HttpResponse<String>> poll = application.getAsync("/async?ms=1500");
			await().until(() -> application.limiter().state().parked() == 1);

			assertThat(application.get("/async").headers().firstValue("X-Shed-Reason")).hasValue("route");
			assertThat(poll.join().statusCode()).isEqualTo(200);
			await().untilAsserted(() -> assertThat(application.get("/async").statusCode()).isEqualTo(200));
		}
	}

}
