/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import dev.holdfast.server.RunningApplication;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the inflight endpoint tells of the time of requests.
 */
@Tag("C3")
@Tag("A3")
class DeadlineEndpointTests {

	private static final String LEFT = "deadlineLeftMs";

	private static final String PARKED = "/parked";

	private static final String LONG_LIMIT = "holdfast.deadline.request=20s";

	private static final String SHORT_LIMIT = "holdfast.deadline.request=300ms";

	@ParameterizedTest
	@CsvSource({ "TOMCAT, GET, observe", "JETTY, GET, observe", "TOMCAT, POST, observe", "JETTY, POST, observe",
			"TOMCAT, GET, enforce", "JETTY, GET, enforce", "TOMCAT, POST, enforce", "JETTY, POST, enforce" })
	void everyRequestThatHasALimitShowsWhatIsLeftOfIt(ServerKind kind, String method, String mode) {
		try (RunningApplication application = start(kind, LONG_LIMIT, "holdfast.deadline.mode=" + mode)) {
			CompletableFuture<HttpResponse<String>> answer = park(application, method);
			int first = left(application);
			assertThat(first).isBetween(1, 20_000);
			await().until(() -> left(application) < first);
			assertThat(left(application)).isPositive();
			openGate(application);
			assertThat(answer.join().body()).isEqualTo("passed");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, GET, observe", "JETTY, GET, observe", "TOMCAT, POST, enforce", "JETTY, POST, enforce" })
	void nothingIsLeftToOneThatIsLateAndRunsOn(ServerKind kind, String method, String mode) {
		try (RunningApplication application = start(kind, SHORT_LIMIT, "holdfast.deadline.mode=" + mode)) {
			CompletableFuture<HttpResponse<String>> answer = park(application, method);
			await().until(() -> left(application) == 0);
			await().until(() -> DeadlineTests.exceeded(application) == 1);
			assertThat(left(application)).as("after it was counted").isZero();
			assertThat(shown(application, PARKED)).containsEntry("ended", null);
			assertThat(ghosts(application)).isZero();
			openGate(application);
			assertThat(answer.join().body()).isEqualTo("passed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void handlerThatIgnoresItsEndIsShownWithItsReasonAndItsStack(ServerKind kind) {
		try (RunningApplication application = start(kind, SHORT_LIMIT, "holdfast.deadline.mode=enforce",
				"holdfast.inflight.show-stacks=always")) {
			CompletableFuture<HttpResponse<String>> answer = park(application, "GET");
			await().until(() -> ghosts(application) == 1);
			Map<String, Object> ghost = shown(inFlight(application, "?stacks=true"), PARKED);
			assertThat(ghost).containsEntry("ended", "deadline")
				.containsEntry(LEFT, 0)
				.containsEntry("phase", "handler");
			assertThat(ghost.get("thread")).isNotNull();
			assertThat(ghost.get("stack")).asString()
				.contains("CountDownLatch.await", "DeadlineApplication$Handlers.parked");
			assertThat(shown(application, PARKED)).as("nobody asked for stacks").doesNotContainKey("stack");
			openGate(application);
			assertThat(answer.join().body()).isEqualTo("passed");
			await().until(() -> ghosts(application) == 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, holdfast.deadline.mode=off", "TOMCAT, holdfast.routes.parked.streaming=true",
			"JETTY, holdfast.routes.parked.streaming=true" })
	void oneWithoutALimitShowsNone(ServerKind kind, String property) {
		try (RunningApplication application = start(kind, property, "holdfast.routes.parked.pattern=/parked")) {
			CompletableFuture<HttpResponse<String>> answer = park(application, "GET");
			assertThat(shown(application, PARKED)).containsEntry(LEFT, null);
			openGate(application);
			assertThat(answer.join().body()).isEqualTo("passed");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, observe", "JETTY, observe", "TOMCAT, enforce", "JETTY, enforce" })
	void oneThatIsAnsweredMayTakeItsTime(ServerKind kind, String mode) throws IOException {
		try (RunningApplication application = start(kind, LONG_LIMIT, "holdfast.deadline.mode=" + mode);
				Socket client = application.open("GET /stream?ms=3000 HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
			assertThat(client.getInputStream().read()).isEqualTo('H');
			await().untilAsserted(() -> assertThat(shown(application, "/stream")).containsEntry(LEFT, null));
		}
	}

	@ParameterizedTest
	@EnumSource
	void timeDoesNotRunWhileTheBodyIsRead(ServerKind kind) throws IOException {
		try (RunningApplication application = start(kind, LONG_LIMIT);
				Socket client = application
					.open("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n1")) {
			await().untilAsserted(() -> assertThat(shown(application, "/upload")).containsEntry(LEFT, null));
			client.getOutputStream().write('2');
			assertThat(client.getInputStream().read()).isEqualTo('H');
		}
	}

	private static RunningApplication start(ServerKind kind, String... properties) {
		List<String> all = new ArrayList<>(Arrays.asList(properties));
		all.add("management.endpoints.web.exposure.include=inflight");
		all.add("logging.level.dev.holdfast=ERROR");
		return RunningApplication.start(kind, DeadlineApplication.class, false, all.toArray(String[]::new));
	}

	private static CompletableFuture<HttpResponse<String>> park(RunningApplication application, String method) {
		CompletableFuture<HttpResponse<String>> answer = application
			.send(HttpRequest.newBuilder(application.uri(PARKED))
				.timeout(DeadlineApplication.LONG)
				.method(method,
						method.equals("POST") ? HttpRequest.BodyPublishers.ofString("x")
								: HttpRequest.BodyPublishers.noBody())
				.build());
		await().until(() -> handlers(application).atGate() == 1);
		return answer;
	}

	private static int ghosts(RunningApplication application) {
		return JsonPath.<Integer>read(inFlight(application, ""), "$.ghosts");
	}

	private static int left(RunningApplication application) {
		return (int) Objects.requireNonNull(shown(application, PARKED).get(LEFT));
	}

	private static Map<String, Object> shown(RunningApplication application, String route) {
		return shown(inFlight(application, ""), route);
	}

	private static Map<String, Object> shown(String inFlight, String route) {
		List<Map<String, Object>> found = JsonPath.read(inFlight, "$.running[?(@.route=='" + route + "')]");
		assertThat(found).as(inFlight).hasSize(1);
		return found.get(0);
	}

	private static String inFlight(RunningApplication application, String query) {
		return application.get("/actuator/inflight" + query).body();
	}

	private static void openGate(RunningApplication application) {
		handlers(application).openGate();
	}

	private static DeadlineApplication.Handlers handlers(RunningApplication application) {
		return application.context().getBean(DeadlineApplication.Handlers.class);
	}

}
