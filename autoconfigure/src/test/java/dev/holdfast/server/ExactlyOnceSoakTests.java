/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.holdfast.concurrency.LimiterState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A soak with every ending at once: what is taken is given back exactly once.
 */
@Tag("C1")
class ExactlyOnceSoakTests {

	private static final int LIMIT = 12;

	/** Longer than the client's own, which then tells the path. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int CLIENTS = 16;

	private static final int REQUESTS_PER_CLIENT = 100;

	private static final List<String> ENDINGS = List.of("/hello", "/exception", "/error-thrown", "/send-error",
			"/forward", "/include", "/nowhere", "/async", "/async-at-once", "/async-timeout", "/async-error",
			"/callable-error", "/raw-async", "/raw-dispatch", "/error-after-start-async", "/events?more=3");

	@ParameterizedTest
	@EnumSource
	void noPermitIsLostAndNoneGivenBackTwice(ServerKind kind) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=" + LIMIT,
				"holdfast.concurrency.max-wait=20ms", "holdfast.routes.async.pattern=/async",
				"holdfast.routes.async.limit=4", "logging.level.org.apache=off", "logging.level.org.eclipse.jetty=off",
				"logging.level.org.springframework=off", "logging.level.dev.holdfast=off")) {
			soak(application);

			await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThatNothingIsHeld(application));
			assertThatExactlyTheLimitIsAdmitted(application);
		}
	}

	private static void soak(RunningApplication application) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<CompletableFuture<Void>> all = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				Random random = new Random(i);
				all.add(CompletableFuture.runAsync(() -> {
					for (int n = 0; n < REQUESTS_PER_CLIENT; n++) {
						request(application, random);
					}
				}, clients));
			}
			CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(3, TimeUnit.MINUTES);
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static void request(RunningApplication application, Random random) {
		String path = ENDINGS.get(random.nextInt(ENDINGS.size()));
		if (random.nextInt(5) > 0) {
			assertThat(application.getAsync(path)).as(() -> path + ", " + whatGoesOn(application))
				.succeedsWithin(PATIENCE)
				.satisfies((response) -> assertThat(response.statusCode()).isPositive());
			return;
		}
		// a client that leaves at once: with a reset every other time
		try (Socket socket = application.open("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
			if (random.nextBoolean()) {
				socket.setSoLinger(true, 0);
			}
		}
		catch (IOException ex) {
			// leaving may fail like anything else
		}
	}

	// of a request without an answer: asked for once it has failed
	private static String whatGoesOn(RunningApplication application) {
		StringBuilder text = new StringBuilder(application.limiter().state().toString());
		application.running()
			.oldestFirst()
			.forEach((
					request) -> text.append('\n').append(request.route()).append(" in phase ").append(request.phase()));
		for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
			text.append('\n').append(thread);
		}
		return text.toString();
	}

	private static void assertThatNothingIsHeld(RunningApplication application) {
		LimiterState state = application.limiter().state();
		assertThat(state.inFlight()).as("in flight").isZero();
		assertThat(state.queued()).as("queued").isZero();
		assertThat(state.parked()).as("parked").isZero();
		assertThat(state.routes()).allSatisfy((route) -> assertThat(route.inFlight()).as(route.name()).isZero());
		assertThat(application.running().size()).as("running").isZero();
	}

	private static void assertThatExactlyTheLimitIsAdmitted(RunningApplication application) {
		for (int i = 0; i < LIMIT; i++) {
			application.begin("/block");
		}
		await().until(() -> application.gate().waiting() == LIMIT);
		assertThat(application.get("/hello").statusCode()).isEqualTo(503);
	}

}
