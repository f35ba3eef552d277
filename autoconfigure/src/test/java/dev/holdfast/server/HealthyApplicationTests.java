/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A healthy application does not notice that the starter was added.
 */
@Tag("C1")
@ExtendWith(OutputCaptureExtension.class)
class HealthyApplicationTests {

	private static final List<String> PATHS = List.of("/hello", "/nowhere", "/exception", "/send-error", "/forward",
			"/async", "/async-at-once", "/async-timeout", "/async-error", "/raw-async", "/actuator/health");

	@ParameterizedTest
	@EnumSource
	void answersExactlyAsBefore(ServerKind kind) {
		List<String> plain = answers(kind, "holdfast.enabled=false");
		List<String> protectedOnes = answers(kind, "holdfast.enabled=true");
		assertThat(protectedOnes).isEqualTo(plain);
	}

	private static List<String> answers(ServerKind kind, String setting) {
		try (RunningApplication application = RunningApplication.start(kind, setting, "logging.level.org=off")) {
			return PATHS.stream().map((path) -> describe(path, application.get(path))).toList();
		}
	}

	private static String describe(String path, HttpResponse<String> response) {
		// the two things that differ from one answer to the next
		String body = response.body().replaceAll("\"timestamp\":\"[^\"]*\"", "");
		return path + " " + response.statusCode() + " " + stable(response.headers()) + " " + body;
	}

	private static Map<String, List<String>> stable(HttpHeaders headers) {
		Map<String, List<String>> stable = new TreeMap<>(headers.map());
		stable.remove("date");
		return stable;
	}

	@ParameterizedTest
	@EnumSource
	void shortBurstIsServedAndNotRefused(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(kind)) {
			warmUp(application);
			for (int round = 0; round < 3; round++) {
				List<CompletableFuture<HttpResponse<String>>> burst = new ArrayList<>();
				for (int i = 0; i < 400; i++) {
					burst.add(application.getAsync("/nap?ms=20"));
				}
				assertThat(burst).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(200));
			}
			assertThat(application.limiter().state().shed().values()).containsOnly(0L);
			assertThat(output).doesNotContain("WARN");
		}
	}

	// a cold virtual machine takes seconds for what takes milliseconds later
	private static void warmUp(RunningApplication application) {
		for (int i = 0; i < 100; i++) {
			List<CompletableFuture<HttpResponse<String>>> some = new ArrayList<>();
			for (int n = 0; n < 20; n++) {
				some.add(application.getAsync("/nap?ms=1"));
			}
			some.forEach(CompletableFuture::join);
		}
	}

}
