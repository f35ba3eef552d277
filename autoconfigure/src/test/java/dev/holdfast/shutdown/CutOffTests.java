/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.holdfast.server.ServerKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D1")
@Tag("D4")
@Tag("D7")
@ExtendWith(OutputCaptureExtension.class)
class CutOffTests {

	private static final String PHASE = "spring.lifecycle.timeout-per-shutdown-phase=2s";

	@ParameterizedTest
	@EnumSource
	void requestThatIsTooLongIsAnsweredAndReportedWithItsStack(ServerKind kind, CapturedOutput output)
			throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, PHASE)) {
			CompletableFuture<HttpResponse<String>> running = application.begin("/sleep?ms=60000");
			Awaitility.await().until(() -> application.inFlight() == 1);
			CompletableFuture<Void> closed = application.closeInBackground();
			HttpResponse<String> response = running.get(10, TimeUnit.SECONDS);
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
			assertThat(response.body()).contains(ShutdownValidation.PHASE_KEY);
			closed.get(10, TimeUnit.SECONDS);
			assertThat(output).contains("Ended: GET /sleep after")
				.contains("DrainingApplication$Work.sleep")
				.contains(ShutdownValidation.PHASE_KEY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whateverHasNotBeenSentIsAnsweredAsWell(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, PHASE)) {
			CompletableFuture<HttpResponse<String>> deferred = application.begin("/deferred");
			CompletableFuture<HttpResponse<String>> callable = application.begin("/callable?ms=60000");
			CompletableFuture<HttpResponse<String>> written = application.begin("/written");
			Awaitility.await().until(() -> application.inFlight() == 3);
			CompletableFuture<Void> closed = application.closeInBackground();
			HttpResponse<String> rewritten = written.get(10, TimeUnit.SECONDS);
			assertThat(rewritten.statusCode()).isEqualTo(503);
			assertThat(rewritten.body()).as("what was not sent yet is replaced").startsWith("{").endsWith("}");
			assertThat(deferred.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
			assertThat(callable.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
			closed.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatIgnoresEverythingDoesNotHoldTheProcess(ServerKind kind, CapturedOutput output) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, PHASE)) {
			CompletableFuture<HttpResponse<String>> stubborn = application.begin("/stubborn");
			Awaitility.await().until(() -> application.inFlight() == 1);
			application.closeInBackground().get(15, TimeUnit.SECONDS);
			assertThat(output).contains("1 requests did not end when they were told to");
			assertThat(stubborn).failsWithin(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatEndsInTimeIsLeftAlone(ServerKind kind, CapturedOutput output) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, PHASE)) {
			CompletableFuture<HttpResponse<String>> running = application.begin("/sleep?ms=800");
			Awaitility.await().until(() -> application.inFlight() == 1);
			CompletableFuture<Void> closed = application.closeInBackground();
			assertThat(running.get(10, TimeUnit.SECONDS).body()).isEqualTo("slept");
			closed.get(10, TimeUnit.SECONDS);
			assertThat(output).doesNotContain("Ended:");
		}
	}

}
