/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.holdfast.server.ServerKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("D1")
@Tag("D2")
@Tag("D5")
@ExtendWith(OutputCaptureExtension.class)
class DrainOnCloseTests {

	@ParameterizedTest
	@EnumSource
	void everythingIsServedForTheDelay(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, "holdfast.shutdown.delay=3s")) {
			long begin = System.nanoTime();
			CompletableFuture<Void> closed = application.closeInBackground();
			DrainingApplication.Heard heard = application.bean(DrainingApplication.Heard.class);
			Awaitility.await().until(() -> heard.events().contains("context closed"));
			assertThat(heard.events()).as("a registry hears of it before the wait")
				.containsExactly("drain started PT3S", "context closed");
			int served = 0;
			while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(2_000)) {
				assertThat(application.get("/hello").statusCode()).isEqualTo(200);
				assertThat(application.get("/task").body()).as("executors work").isEqualTo("worked");
				assertThat(application.get("/callable?ms=1").body()).isEqualTo("slept");
				served++;
			}
			assertThat(served).isPositive();
			closed.get(20, TimeUnit.SECONDS);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(3),
					Duration.ofSeconds(8));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatRunsAtTheEndOfTheDelayStillUsesTheExecutor(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, "holdfast.shutdown.delay=500ms")) {
			CompletableFuture<HttpResponse<String>> long1 = application.begin("/sleep?ms=2000");
			CompletableFuture<HttpResponse<String>> long2 = application.begin("/callable?ms=2000");
			Awaitility.await().until(() -> application.inFlight() == 2);
			CompletableFuture<Void> closed = application.closeInBackground();
			assertThat(long1.get(20, TimeUnit.SECONDS).body()).isEqualTo("slept");
			assertThat(long2.get(20, TimeUnit.SECONDS).body()).isEqualTo("slept");
			closed.get(20, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void downloadAndUploadThatRunAtTheEndOfTheDelayAreWhole(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, "holdfast.shutdown.delay=500ms")) {
			CompletableFuture<HttpResponse<String>> upload = application.upload(4);
			Awaitility.await().until(() -> application.inFlight() == 1);
			CompletableFuture<HttpResponse<String>> download = application.begin("/download");
			Awaitility.await().until(() -> application.inFlight() == 2);
			CompletableFuture<Void> closed = application.closeInBackground();
			assertThat(download.get(20, TimeUnit.SECONDS).body()).isEqualTo("part\n".repeat(10));
			assertThat(upload.get(20, TimeUnit.SECONDS).body()).as("although it pauses").isEqualTo("4");
			closed.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void budgetThatDoesNotFitIsSaidAtTheStart(CapturedOutput output) {
		try (DrainingApplication application = DrainingApplication.start(ServerKind.TOMCAT,
				"KUBERNETES_SERVICE_HOST=10.0.0.1", "spring.lifecycle.timeout-per-shutdown-phase=30s",
				DrainingApplication.PROCESS_GOES_ON + "=true")) {
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(output).contains("does not fit into the grace period of 30s")
				.contains("delay 10s + requests 30s + executors and pools 5s + reserve 3s = 48s");
		}
	}

	@Test
	void contextThatFailsToStartDoesNotWait() {
		long begin = System.nanoTime();
		assertThatThrownBy(() -> DrainingApplication.start(ServerKind.TOMCAT, "holdfast.shutdown.delay=5m",
				"holdfast.leak.suspect-after=1ms"))
			.hasStackTraceContaining("holdfast.leak.suspect-after");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@EnumSource
	void contextThatClosesWhileTheProcessGoesOnDoesNotWait(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, "holdfast.shutdown.delay=5m",
				DrainingApplication.PROCESS_GOES_ON + "=true")) {
			DrainingApplication.Heard heard = application.bean(DrainingApplication.Heard.class);
			application.closeInBackground().get(20, TimeUnit.SECONDS);
			assertThat(heard.events()).containsExactly("drain started PT0S", "context closed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void managementPortAnswersProbesToTheEnd(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, "holdfast.shutdown.delay=1s",
				"management.server.port=0", "management.endpoint.health.probes.enabled=true")) {
			int management = application.managementPort();
			int port = application.port();
			CompletableFuture<HttpResponse<String>> running = application.begin("/sleep?ms=20000");
			Awaitility.await().until(() -> application.inFlight() == 1);
			CompletableFuture<Void> closed = application.closeInBackground();
			DrainingApplication.Heard heard = application.bean(DrainingApplication.Heard.class);
			Awaitility.await().until(() -> heard.events().contains("context closed"));
			Awaitility.await().until(() -> application.bean(Drain.class).snapshot().left().isZero());
			for (int i = 0; i < 5; i++) {
				assertThat(status(application, management, "/actuator/health/readiness")).isEqualTo(503);
				assertThat(status(application, management, "/actuator/health/liveness")).isEqualTo(200);
			}
			Awaitility.await()
				.alias("the port is closed")
				.until(() -> application.send("GET", port, "/hello")
					.handle((response, failure) -> failure != null)
					.get());
			application.open();
			assertThat(running.get(20, TimeUnit.SECONDS).body()).isEqualTo("slept");
			closed.get(20, TimeUnit.SECONDS);
		}
	}

	private static int status(DrainingApplication application, int port, String path) {
		return application.send("GET", port, path).join().statusCode();
	}

}
