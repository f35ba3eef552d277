/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.holdfast.inflight.Phase;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.RunningApplication;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients and handlers see of an enforced deadline, on both servers.
 */
@Tag("C3")
@Tag("A3")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlineTests {

	private static final Duration LIMIT = Duration.ofMillis(400);

	private static final Duration LATE = Duration.ofMillis(250);

	private static final int ATTEMPTS = 10;

	private static final String BODY = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
			+ "\"detail\":\"The time of the request was over (holdfast.deadline.request).\"}";

	private final Map<ServerKind, RunningApplication> applications = new EnumMap<>(ServerKind.class);

	@BeforeAll
	void start() {
		for (ServerKind kind : ServerKind.values()) {
			RunningApplication application = RunningApplication.start(kind, DeadlineApplication.class, false,
					"holdfast.deadline.mode=enforce", "holdfast.deadline.request=400ms",
					"holdfast.routes.all.pattern=/{name:.*-all.*}", "holdfast.routes.all.cancel=all",
					"holdfast.routes.never.pattern=/never", "holdfast.routes.never.streaming=true",
					"holdfast.routes.fresh.pattern=/fresh", "holdfast.routes.fresh.deadline=20s",
					"spring.servlet.multipart.enabled=true", "logging.level.dev.holdfast=ERROR");
			this.applications.put(kind, application);
			// a cold virtual machine is late for reasons of its own
			for (int i = 0; i < 20; i++) {
				application.get("/wait-shortly?ms=1");
			}
			application.get("/wait");
			application.get("/events?ms=1");
			application.get("/callable?ms=1");
			application.get("/outbound?port=1");
			application.get("/outbound?port=1");
		}
	}

	@AfterAll
	void stop() {
		this.applications.values().forEach((application) -> {
			handlers(application).openGate();
			application.close();
		});
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /wait", "JETTY, /wait", "TOMCAT, /deferred", "JETTY, /deferred" })
	void requestThatMayBeEndedIsAnsweredWhenItsTimeIsOverWhateverItsHandlerThrows(ServerKind kind, String path) {
		HttpResponse<String> answer = inTime(() -> application(kind).get(path));
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
		assertThat(answer.body()).isEqualTo(BODY);
	}

	@ParameterizedTest
	@EnumSource
	void outboundCallOfAnEndedRequestIsAborted(ServerKind kind) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			silent.setSoTimeout(10_000);
			HttpResponse<String> answer = inTime(
					() -> application(kind).get("/outbound?port=" + silent.getLocalPort()));
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.body()).isEqualTo(BODY);
			try (Socket peer = silent.accept()) {
				assertThat(isLeft(peer)).isTrue();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /login", "JETTY, /login", "TOMCAT, /oauth2/authorization/acme", "TOMCAT, /never",
			"JETTY, /never" })
	void signInsAndStreamingRoutesHaveNoDeadline(ServerKind kind, String path) {
		RunningApplication application = application(kind);
		CompletableFuture<HttpResponse<String>> answer = application.getAsync(path);
		await().until(() -> isRunning(application, path));
		assertThat(application.running().oldestFirst()).filteredOn((request) -> path.equals(request.route()))
			.allMatch((request) -> !request.lifetime().deadline().isBounded());
		await().pollDelay(LIMIT.plus(LATE)).until(() -> isRunning(application, path));
		assertThat(answer).isNotDone();
		application.running().oldestFirst().forEach((request) -> request.cancel(EndReason.CANCELLED));
		assertThat(answer.join().statusCode()).isEqualTo(503);
	}

	@ParameterizedTest
	@EnumSource
	void requestThatMayChangeSomethingIsCountedAndRunsOn(ServerKind kind) {
		RunningApplication application = application(kind);
		long before = exceeded(application);
		HttpResponse<String> answer = post(application, "/work?ms=700", "x");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("done");
		await().untilAsserted(() -> assertThat(exceeded(application)).isEqualTo(before + 1));
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /work-all?ms=30000", "JETTY, /work-all?ms=30000", "TOMCAT, /opted", "JETTY, /opted",
			"TOMCAT, /upload-all-unread", "JETTY, /upload-all-unread" })
	void requestWhoseRouteOrHandlerAllowsItIsEndedWhateverItsMethod(ServerKind kind, String path) {
		RunningApplication application = application(kind);
		long before = exceeded(application);
		HttpResponse<String> answer = inTime(() -> post(application, path, "x"));
		assertThat(answer.statusCode()).isEqualTo(503);
		await().untilAsserted(() -> assertThat(exceeded(application)).isGreaterThan(before));
	}

	@ParameterizedTest
	@EnumSource
	void responseTakesAnyTimeAfterItsFirstByte(ServerKind kind) {
		RunningApplication application = application(kind);
		long before = exceeded(application);
		HttpResponse<String> answer = application.get("/stream?ms=1200");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).endsWith("done");
		assertThat(exceeded(application)).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /upload, text/plain, false", "TOMCAT, /upload-all, text/plain, false",
			"JETTY, /upload-all, text/plain, false", "TOMCAT, /upload-all, text/plain, true",
			"JETTY, /upload-all, text/plain, true", "TOMCAT, /upload-all-text, text/plain, false",
			"JETTY, /upload-all-text, text/plain, false",
			"TOMCAT, /upload-all-form, application/x-www-form-urlencoded, false",
			"JETTY, /upload-all-form, application/x-www-form-urlencoded, false" })
	void timeBeginsWithTheEndOfTheBody(ServerKind kind, String path, String type, boolean chunked) throws IOException {
		RunningApplication application = application(kind);
		long before = exceeded(application);
		String form = type.contains("form") ? "text=" : "";
		String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + (form.length() + 8);
		try (Socket socket = application.open("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: " + type + "\r\n" + framing + "\r\n\r\n")) {
			send(socket, form, chunked);
			for (int i = 0; i < 8; i++) {
				DeadlineApplication.Handlers.nap(100);
				send(socket, "x", chunked);
			}
			if (chunked) {
				socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(answer).startsWith("HTTP/1.1 200").contains("8 null ");
			long left = Long.parseLong(answer.substring(answer.indexOf("8 null ") + 7).strip().split("\\s", -1)[0]);
			if (path.contains("all")) {
				assertThat(left).as("left after the body").isBetween(LIMIT.minus(LATE).toMillis(), LIMIT.toMillis());
			}
		}
		assertThat(exceeded(application)).isEqualTo(before);
	}

	private static void send(Socket socket, String piece, boolean chunked) throws IOException {
		if (!piece.isEmpty()) {
			String sent = chunked ? Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n" : piece;
			socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /events?ms=900", "JETTY, /events?ms=900", "TOMCAT, /raw-async?ms=900",
			"JETTY, /raw-async?ms=900" })
	void streamsHaveNoDeadline(ServerKind kind, String path) {
		RunningApplication application = application(kind);
		long before = exceeded(application);
		HttpResponse<String> answer = application.get(path);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).containsAnyOf("first", "raw");
		assertThat(exceeded(application)).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource
	void handlerThatIgnoresItsEndKeepsItsPermitAndIsShown(ServerKind kind) {
		RunningApplication application = application(kind);
		CompletableFuture<HttpResponse<String>> answer = application.getAsync("/parked");
		await().until(() -> application.running().ghosts() == 1);
		assertThat(answer).isNotDone();
		assertThat(application.running().oldestFirst())
			.filteredOn((request) -> request.lifetime().endReason() == EndReason.DEADLINE)
			.singleElement()
			.satisfies((ghost) -> {
				assertThat(ghost.route()).isEqualTo("/parked");
				assertThat(ghost.thread()).isNotNull();
			});
		handlers(application).openGate();
		assertThat(answer.join().body()).as("it is its own answer that it writes").isEqualTo("passed");
		await().until(() -> application.running().size() == 0);
		assertThat(application.running().ghosts()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void permitOfAHandlerThatIgnoresItsEndIsTakenUntilItsThreadReturns(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, DeadlineApplication.class, false,
				"holdfast.deadline.mode=enforce", "holdfast.deadline.request=400ms", "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0", "logging.level.dev.holdfast=ERROR")) {
			CompletableFuture<HttpResponse<String>> answer = application.getAsync("/parked");
			await().until(() -> application.running().ghosts() == 1);
			HttpResponse<String> refused = application.get("/hello");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("limit");
			assertThat(application.running().ghosts()).as("it is still there").isOne();
			assertThat(answer).isNotDone();
			handlers(application).openGate();
			assertThat(answer.join().body()).isEqualTo("passed");
			await().until(() -> application.running().size() == 0);
			assertThat(application.get("/hello").body()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingOfARequestReachesTheNextOnItsThread(ServerKind kind) {
		RunningApplication application = application(kind);
		for (int round = 0; round < 3; round++) {
			List<CompletableFuture<HttpResponse<String>>> ended = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				ended.add(application.getAsync((i % 2 == 0) ? "/wait" : "/deferred"));
			}
			assertThat(ended).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(503));
			List<CompletableFuture<HttpResponse<String>>> next = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				next.add(application.getAsync("/fresh"));
			}
			assertThat(next).allSatisfy((answer) -> assertThat(answer.join().body()).isEqualTo("null false true"));
		}
		await().until(() -> application.running().size() == 0);
	}

	private static boolean isLeft(Socket peer) throws IOException {
		peer.setSoTimeout(10_000);
		try {
			peer.getInputStream().readAllBytes();
			return true;
		}
		catch (SocketException ex) {
			// the call was cut, not closed
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	// Never too early; and in time at least once: a machine that does other things is
	// late
	// for reasons of its own.
	private static HttpResponse<String> inTime(Supplier<HttpResponse<String>> request) {
		Duration taken = Duration.ZERO;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			long begin = System.nanoTime();
			HttpResponse<String> answer = request.get();
			taken = Duration.ofNanos(System.nanoTime() - begin);
			assertThat(taken).isGreaterThanOrEqualTo(LIMIT);
			if (taken.compareTo(LIMIT.plus(LATE)) <= 0) {
				return answer;
			}
		}
		throw new AssertionError("Late " + ATTEMPTS + " times, the last time after " + taken);
	}

	private static boolean isRunning(RunningApplication application, String path) {
		return application.running().oldestFirst().stream().anyMatch((request) -> path.equals(request.route()));
	}

	private RunningApplication application(ServerKind kind) {
		return Objects.requireNonNull(this.applications.get(kind));
	}

	private static DeadlineApplication.Handlers handlers(RunningApplication application) {
		return application.context().getBean(DeadlineApplication.Handlers.class);
	}

	static long exceeded(RunningApplication application) {
		DeadlineCounts counts = application.context().getBean(DeadlineCounts.class);
		long sum = 0;
		for (Phase phase : Phase.values()) {
			sum += counts.exceeded(phase);
		}
		return sum;
	}

	static HttpResponse<String> post(RunningApplication application, String path, String body) {
		return application
			.send(HttpRequest.newBuilder(application.uri(path))
				.timeout(DeadlineApplication.LONG)
				.header("Content-Type", "text/plain")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build())
			.join();
	}

}
