/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The most common death, in small: three times what a pool of four can do. The lab plays
 * it at full size.
 */
@Tag("C1")
class OverloadTests {

	private static final int CAPACITY_PER_SECOND = 160;

	private static final int OFFERED_PER_SECOND = 3 * CAPACITY_PER_SECOND;

	private static final int SECONDS = 5;

	private static final Duration PATIENCE = Duration.ofMillis(500);

	@ParameterizedTest
	@EnumSource
	void plainBootWorksForThoseWhoLeftAndHoldfastGoesOn(ServerKind kind) {
		long plain = goodInTheLastSecond(kind, "holdfast.enabled=false");
		long ours = goodInTheLastSecond(kind, "holdfast.enabled=true");
		assertThat(ours).as("Holdfast").isGreaterThan(CAPACITY_PER_SECOND / 2);
		// Jetty does without some of those who left before it read them
		assertThat(plain).as("plain Boot, beside " + ours).isLessThan(2 * ours / 3);
	}

	private static long goodInTheLastSecond(ServerKind kind, String setting) {
		String threads = "server." + kind.name().toLowerCase(Locale.ROOT) + ".threads.max=40";
		try (RunningApplication application = RunningApplication.start(kind, setting, threads,
				"spring.threads.virtual.enabled=false", "logging.level.org=error")) {
			for (int i = 0; i < 200; i++) {
				application.get("/hello");
			}
			List<CompletableFuture<HttpResponse<String>>> answers = offer(application);
			return answers.subList(answers.size() - OFFERED_PER_SECOND, answers.size())
				.stream()
				.map((answer) -> answer.handle((response, failure) -> failure == null && response.statusCode() == 200))
				.filter(CompletableFuture::join)
				.count();
		}
	}

	// at a steady pace, whatever comes back: clients do not wait for one another
	private static List<CompletableFuture<HttpResponse<String>>> offer(RunningApplication application) {
		List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < SECONDS * OFFERED_PER_SECOND; i++) {
			long due = start + TimeUnit.SECONDS.toNanos(i) / OFFERED_PER_SECOND;
			while (System.nanoTime() - due < 0) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			answers.add(application
				.send(HttpRequest.newBuilder(application.uri("/pooled?ms=25")).timeout(PATIENCE).build()));
		}
		return answers;
	}

}
