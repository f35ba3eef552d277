/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.concurrency.LimiterSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Probes and endpoints on the port of the application, while everything else is refused.
 */
@Tag("C13")
@ExtendWith(OutputCaptureExtension.class)
class ExcludedPathTests {

	private static final String LIMIT = "holdfast.concurrency.limit=1";

	private static final String NO_QUEUE = "holdfast.concurrency.max-queued=0";

	@ParameterizedTest
	@EnumSource
	void probesAndEndpointsAreAnsweredWhenTheLimitIsReached(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE,
				"management.endpoints.web.exposure.include=health,concurrency",
				"management.endpoint.health.probes.add-additional-paths=true")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/livez", "/readyz",
					"/actuator/concurrency", "/actuator")) {
				assertThat(application.get(path).statusCode()).as(path).isEqualTo(200);
			}
			assertThat(application.get("/actuators").statusCode()).isEqualTo(503);
			assertThat(application.get("/livezz").statusCode()).isEqualTo(503);
		}
	}

	@ParameterizedTest
	@CsvSource({
			"TOMCAT, /%61ctuator/health /actuator/health;v=1 /actuator;v=1/health /x/../actuator/health "
					+ "//actuator/health /actuator//health",
			"JETTY, /%61ctuator/health /actuator/health;v=1 /actuator;v=1/health /x/../actuator/health" })
	void probesAreKnownByTheDecodedAndNormalisedPath(ServerKind kind, String paths) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE)) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			for (String path : paths.split(" ", -1)) {
				long before = application.excludedLimiter().admitted();
				assertThat(application.raw(request(path))).as(path)
					.startsWith("HTTP/1.1 ")
					.doesNotStartWith("HTTP/1.1 503");
				assertThat(application.excludedLimiter().admitted()).as(path).isEqualTo(before + 1);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({
			"TOMCAT, /actuator/../hello /actuator/%2e%2e/hello /actuator/health/../../hello //hello "
					+ "/actuator//../hello /actuator;v=1/../hello",
			"JETTY, /actuator/../hello /actuator/health/../../hello /actuator;v=1/../hello" })
	void pathThatOnlyBeginsLikeAnEndpointIsNoWayAroundTheLimit(ServerKind kind, String paths) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE)) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			for (String path : paths.split(" ", -1)) {
				assertThat(application.raw(request(path))).as(path).startsWith("HTTP/1.1 503");
				assertThat(application.excludedLimiter().admitted()).as(path).isZero();
			}
		}
	}

	@Test
	void jettyItselfRefusesThePathsThatItFindsAmbiguous() throws Exception {
		try (RunningApplication application = RunningApplication.start(ServerKind.JETTY, LIMIT, NO_QUEUE)) {
			for (String path : List.of("//actuator/health", "/actuator//health", "//hello", "/actuator//../hello",
					"/actuator/%2e%2e/hello")) {
				assertThat(application.raw(request(path))).as(path).startsWith("HTTP/1.1 400");
			}
			assertThat(application.excludedLimiter().admitted()).isZero();
			assertThat(application.limiter().admitted()).isZero();
		}
	}

	private static String request(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	}

	@ParameterizedTest
	@EnumSource
	void pathsThatTheUserExcludesAreBoundedByTheSmallLimit(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE,
				"holdfast.concurrency.exclude=/block/**", "holdfast.concurrency.max-wait=50ms")) {
			int small = application.excludedLimiter().settings().limit();
			List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
			for (int i = 0; i < 3 * small; i++) {
				all.add(application.getAsync("/block/" + i));
			}
			await().until(() -> application.gate().waiting() > 0
					&& all.stream().filter(CompletableFuture::isDone).count() == all.size()
							- application.gate().waiting());

			assertThat(application.gate().waiting()).isLessThan(small).isPositive();
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusalOfAnExcludedPathNamesWhatDecidesItsLimit(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE,
				"holdfast.concurrency.exclude=/block/**", "holdfast.concurrency.max-wait=50ms")) {
			application.excludedLimiter().update((before) -> before.withLimit(1));
			application.begin("/block/running");
			await().until(() -> application.gate().waiting() > 0);

			assertThat(refusalOf(application, "timeout")).contains(
					"\"detail\":\"No request ended within the longest " + "wait (holdfast.concurrency.max-wait).\"");
			application.excludedLimiter()
				.update((before) -> new LimiterSettings(before.mode(), 1, 1, Duration.ofMinutes(1),
						before.asyncLimit()));
			application.begin("/block/waiting");
			await().until(() -> application.excludedLimiter().queued() == 1);
			assertThat(refusalOf(application, "queue")).contains("\"detail\":\"The small limit that health, endpoints "
					+ "and the paths of holdfast.concurrency.exclude share is reached: half of the threads that "
					+ "holdfast.concurrency.limit and holdfast.concurrency.max-queued leave, from 2 to 8.\"");
			assertThat(output)
				.contains("a small limit bounds health, endpoints and the paths of " + "holdfast.concurrency.exclude")
				.doesNotContain("holdfast.concurrency.limit bounds what runs");
		}
	}

	private static String refusalOf(RunningApplication application, String reason) {
		HttpResponse<String> refused = application.get("/block/refused");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue(reason);
		return refused.body();
	}

	@ParameterizedTest
	@EnumSource
	void healthThatHangsLeavesRoomForTheProbes(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, HangingHealth.class, false,
				"holdfast.concurrency.max-wait=50ms", "management.endpoint.health.probes.add-additional-paths=true")) {
			int small = application.excludedLimiter().settings().limit();
			List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
			for (int i = 0; i < 2 * small; i++) {
				all.add(application.getAsync("/actuator/health"));
			}
			HangingHealth health = application.context().getBean(HangingHealth.class);
			try {
				await().until(() -> health.asked.get() > 0
						&& all.stream().filter(CompletableFuture::isDone).count() == all.size() - health.asked.get());
				assertThat(health.asked.get()).isLessThan(small);
				for (String path : List.of("/actuator/health/liveness", "/actuator/health/readiness", "/livez")) {
					assertThat(application.get(path).statusCode()).as(path).isEqualTo(200);
				}
			}
			finally {
				health.over.countDown();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void endpointsMappedElsewhereAreFound(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, LIMIT, NO_QUEUE,
				"management.endpoints.web.base-path=/ops", "management.endpoints.web.path-mapping.health=alive",
				"spring.mvc.servlet.path=/api")) {
			application.begin("/api/block");
			await().until(() -> application.gate().waiting() == 1);

			assertThat(application.get("/api/ops/alive").statusCode()).isEqualTo(200);
			assertThat(application.get("/api/hello").statusCode()).isEqualTo(503);
		}
	}

	@ParameterizedTest
	@EnumSource
	void plainBootLeavesProbesUnansweredWhenAllThreadsAreBusyAndHoldfastDoesNot(ServerKind kind) {
		assertThatThrownBy(() -> probeWhileSixtyRequestsBlock(kind, "holdfast.enabled=false"))
			.hasRootCauseInstanceOf(TimeoutException.class);
		assertThat(probeWhileSixtyRequestsBlock(kind).statusCode()).isEqualTo(200);
	}

	private static HttpResponse<String> probeWhileSixtyRequestsBlock(ServerKind kind, String... arguments) {
		String threads = "server." + kind.name().toLowerCase(Locale.ROOT) + ".threads.max=30";
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.add(threads);
		all.add("spring.threads.virtual.enabled=false");
		try (RunningApplication application = RunningApplication.start(kind, all.toArray(String[]::new))) {
			assertThat(application.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
			for (int i = 0; i < 60; i++) {
				application.begin("/block");
			}
			await().until(() -> application.gate().waiting() >= 20);
			try {
				return application.getAsync("/actuator/health/liveness").orTimeout(2, TimeUnit.SECONDS).join();
			}
			finally {
				application.gate().open();
			}
		}
	}

	/**
	 * An application whose health asks for what does not answer.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class HangingHealth {

		private final AtomicInteger asked = new AtomicInteger();

		private final CountDownLatch over = new CountDownLatch(1);

		@Bean
		HealthIndicator hangingHealthIndicator() {
			return () -> {
				this.asked.incrementAndGet();
				try {
					this.over.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return Health.up().build();
			};
		}

	}

}
