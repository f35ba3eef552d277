/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How plain Boot stops, gracefully: what the drain is there for.
 */
class PlainStopTests {

	@Tag("D1")
	@Tag("D4")
	@Tag("D7")
	@ParameterizedTest
	@EnumSource
	void requestsThatAreTooLongAreCutWithoutAnAnswer(ServerKind kind) throws Exception {
		// Tomcat lets asynchronous requests time out as it closes their connections: no
		// thread is left to answer one before that
		try (DrainingApplication application = start(kind, "2s", "spring.threads.virtual.enabled=false",
				"server.tomcat.threads.max=1")) {
			CompletableFuture<HttpResponse<String>> deferred = application.begin("/deferred");
			await().until(() -> application.entered() == 1);
			CompletableFuture<HttpResponse<String>> blocking = application.begin("/stubborn");
			await().until(() -> application.entered() == 2);
			CompletableFuture<Void> closed = application.closeInBackground();
			assertThat(outcome(blocking)).isEqualTo("cut");
			assertThat(outcome(deferred)).isEqualTo((kind == ServerKind.TOMCAT) ? "cut" : "500");
			application.open();
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	@Tag("D2")
	@Tag("D3")
	@ParameterizedTest
	@EnumSource
	void portIsClosedWhileRequestsStillRun(ServerKind kind) throws Exception {
		try (DrainingApplication application = start(kind, "20s")) {
			int port = application.port();
			CompletableFuture<HttpResponse<String>> running = application.begin("/sleep?ms=60000");
			await().until(() -> application.entered() == 1);
			CompletableFuture<Void> closed = application.closeInBackground();
			await().untilAsserted(
					() -> assertThat(application.send("GET", port, "/hello")).failsWithin(Duration.ofSeconds(5))
						.withThrowableOfType(ExecutionException.class)
						.withCauseInstanceOf(ConnectException.class));
			application.open();
			HttpResponse<String> last = running.get(10, TimeUnit.SECONDS);
			assertThat(last.statusCode()).isEqualTo(200);
			assertThat(last.headers().firstValue("Connection"))
				.isEqualTo((kind == ServerKind.TOMCAT) ? Optional.empty() : Optional.of("close"));
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	private static DrainingApplication start(ServerKind kind, String phase, String... more) {
		List<String> arguments = new ArrayList<>(List.of(more));
		arguments.addAll(List.of("holdfast.enabled=false", "server.shutdown=graceful",
				"spring.lifecycle.timeout-per-shutdown-phase=" + phase));
		return DrainingApplication.start(kind, arguments.toArray(String[]::new));
	}

	private static String outcome(CompletableFuture<HttpResponse<String>> request) throws Exception {
		try {
			return Integer.toString(request.get(15, TimeUnit.SECONDS).statusCode());
		}
		catch (ExecutionException ex) {
			assertThat(ex).hasCauseInstanceOf(IOException.class);
			return "cut";
		}
	}

}
