/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.holdfast.inflight.Phase;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Profile;
import dev.holdfast.server.RunningApplication;
import dev.holdfast.server.ServerKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What the settings change, and what holds without any.
 */
@Tag("C3")
@ExtendWith(OutputCaptureExtension.class)
class DeadlineSettingsTests {

	private static final String SHORT = "holdfast.deadline.request=200ms";

	private static final String ENFORCE = "holdfast.deadline.mode=enforce";

	@ParameterizedTest
	@EnumSource
	void withoutSettingsRequestsAreCountedAndNothingElse(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = start(kind, SHORT)) {
			HttpResponse<String> answer = application.get("/wait-shortly?ms=600");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo("done");
			await().until(() -> counts(application).exceeded(Phase.HANDLER) == 1);
			assertThat(application.get("/left").body()).isEqualTo(Long.toString(Long.MAX_VALUE / 1_000_000));
			HttpResponse<String> called = application.get("/callable?ms=600");
			assertThat(called.body()).isEqualTo("called");
			await().until(() -> counts(application).exceeded(Phase.ASYNC) == 1);
			assertThat(output).doesNotContain("Ended", "Late", "WARN");
		}
	}

	@Test
	void offDoesNotEvenCount() {
		try (RunningApplication application = start(ServerKind.TOMCAT, SHORT, "holdfast.deadline.mode=off")) {
			assertThat(application.get("/wait-shortly?ms=400").statusCode()).isEqualTo(200);
			assertThat(DeadlineTests.exceeded(application)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadIsInterruptedWhereTheRouteSaysSo(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, SHORT, "holdfast.routes.parked.pattern=/parked",
				"holdfast.routes.fresh.pattern=/fresh", "holdfast.routes.fresh.deadline=20s",
				"holdfast.routes.parked.interrupt=true", "holdfast.deadline.status=504")) {
			HttpResponse<String> answer = application.get("/parked");
			assertThat(answer.statusCode()).isEqualTo(504);
			assertThat(answer.body()).contains("\"title\":\"Gateway Timeout\",\"status\":504");
			List<CompletableFuture<HttpResponse<String>>> next = new ArrayList<>();
			for (int i = 0; i < 30; i++) {
				next.add(application.getAsync("/fresh"));
			}
			assertThat(next).allSatisfy((one) -> assertThat(one.join().body()).isEqualTo("null false true"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadThatWorksOutItsResultIsInterruptedToo(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, SHORT, "holdfast.deadline.interrupt=true",
				"holdfast.routes.fresh.pattern=/fresh*", "holdfast.routes.fresh.deadline=20s",
				"spring.task.execution.pool.core-size=1")) {
			DeadlineApplication.Handlers handlers = application.context().getBean(DeadlineApplication.Handlers.class);
			for (int round = 1; round <= 3; round++) {
				HttpResponse<String> answer = application.get("/parked-callable");
				assertThat(answer.statusCode()).isEqualTo(503);
				assertThat(answer.body()).contains("holdfast.deadline.request");
				assertThat(handlers.atGate()).isEqualTo(round);
				assertThat(application.get("/fresh-callable").body()).as("on the same worker")
					.isEqualTo("null false true");
				assertThat(application.get("/fresh").body()).isEqualTo("null false true");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadThatWorksOutItsResultIsNotInterruptedUnlessItIsToBe(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, SHORT)) {
			DeadlineApplication.Handlers handlers = application.context().getBean(DeadlineApplication.Handlers.class);
			CompletableFuture<HttpResponse<String>> answer = application.getAsync("/parked-callable");
			await().until(() -> application.running().ghosts() == 1);
			await().during(Duration.ofMillis(300)).until(() -> application.running().ghosts() == 1);
			handlers.openGate();
			assertThat(answer.join().statusCode()).isIn(200, 503);
		}
	}

	@ParameterizedTest
	@EnumSource
	void routeHasItsOwnTime(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, SHORT,
				"holdfast.routes.patient.pattern=/wait-shortly", "holdfast.routes.patient.deadline=20s",
				"holdfast.routes.events.pattern=/events", "holdfast.routes.events.deadline=300ms")) {
			assertThat(application.get("/wait-shortly?ms=500").statusCode()).isEqualTo(200);
			assertThat(application.get("/wait").statusCode()).isEqualTo(503);
			assertThat(application.get("/events?ms=2000").statusCode()).as("a stream with a time of its own")
				.isEqualTo(503);
		}
	}

	@ParameterizedTest
	@EnumSource
	void trustedCallerShortensItsTimeAndNeverLengthensIt(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, "holdfast.deadline.request=5s",
				"holdfast.deadline.trusted=127.0.0.0/8,::1")) {
			assertThat(left(application, "X-Request-Timeout-Ms", "2000")).isBetween(1L, 2_000L);
			assertThat(left(application, "grpc-timeout", "1S")).isBetween(1L, 1_000L);
			assertThat(left(application, "X-Envoy-Expected-Rq-Timeout-Ms", "60000")).isBetween(2_001L, 5_000L);
			assertThat(left(application, "X-Request-Timeout-Ms", "soon")).isBetween(2_001L, 5_000L);
			assertThat(application.context().getBean(Budgets.class).ignored()).isOne();
			long begin = System.nanoTime();
			assertThat(get(application, "/wait", "X-Request-Timeout-Ms", "1").statusCode()).isEqualTo(503);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(100),
					Duration.ofMillis(1_500));
		}
	}

	@Test
	void strangerIsNotBelieved() {
		try (RunningApplication application = start(ServerKind.TOMCAT, ENFORCE,
				"holdfast.deadline.trusted=192.0.2.0/24")) {
			assertThat(left(application, "X-Request-Timeout-Ms", "2000")).isGreaterThan(50_000L);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatWouldWaitLongerThanItHasIsRefusedWhateverItsMethod(ServerKind kind) {
		try (RunningApplication application = start(kind, ENFORCE, "holdfast.deadline.trusted=127.0.0.1,::1",
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=5",
				"holdfast.concurrency.max-wait=20s")) {
			CompletableFuture<HttpResponse<String>> parked = application.getAsync("/parked");
			DeadlineApplication.Handlers handlers = application.context().getBean(DeadlineApplication.Handlers.class);
			await().until(() -> handlers.atGate() == 1);

			for (String method : List.of("GET", "POST")) {
				HttpResponse<String> refused = application
					.send(HttpRequest.newBuilder(application.uri("/work?ms=1"))
						.timeout(DeadlineApplication.LONG)
						.header("X-Request-Timeout-Ms", "150")
						.method(method, HttpRequest.BodyPublishers.noBody())
						.build())
					.join();
				assertThat(refused.statusCode()).isEqualTo(503);
				assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("deadline");
			}
			assertThat(counts(application).exceeded(Phase.QUEUED)).isEqualTo(2);
			handlers.openGate();
			assertThat(parked.join().statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whatWasEndedIsSaidOncePerRouteWithItsHandler(CapturedOutput output) {
		try (RunningApplication application = start(ServerKind.TOMCAT, ENFORCE, SHORT)) {
			application.get("/wait");
			application.get("/wait");
			DeadlineTests.post(application, "/work?ms=500", "x");
			await().untilAsserted(() -> assertThat(output).contains("Ended GET /wait", "Handlers#waits()",
					"within 200 ms", "Late: POST /work", "holdfast.routes.*.cancel=all"));
			assertThat(output.getOut().split("Ended GET /wait", -1)).hasSize(2);
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-,       COMPATIBLE, false, OBSERVE, profile
			-,       STRICT,     false, ENFORCE, profile
			ENFORCE, COMPATIBLE, false, ENFORCE, properties
			OBSERVE, STRICT,     true,  OBSERVE, properties
			OFF,     STRICT,     false, OFF,     properties
			ENFORCE, COMPATIBLE, true,  OFF,     a debugger may be attached
			-,       STRICT,     true,  OFF,     a debugger may be attached
			""")
	void modeInForce(@Nullable Mode chosen, Profile profile, boolean debugged, Mode mode, String source) {
		assertThat(ModeInForce.of(chosen, profile, () -> debugged)).isEqualTo(new ModeInForce(mode, source));
	}

	@Test
	void debuggerIsSeenInTheArgumentsOfTheVirtualMachine() {
		assertThat(AttachedDebugger.isPossible(List.of("-Xmx1g", "-agentlib:jdwp=transport=dt_socket"))).isTrue();
		assertThat(AttachedDebugger.isPossible(List.of("-Xmx1g", "-agentlib:hprof"))).isFalse();
	}

	@Test
	void everyMeterIsThereFromTheStart() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new DeadlineMetrics(new DeadlineCounts(), new Budgets(List.of(), List.of(), Duration.ZERO)).bindTo(registry);
		for (DeadlineMeter meter : DeadlineMeter.values()) {
			assertThat(registry.find(meter.meterName()).meters()).as(meter.meterName()).isNotEmpty();
		}
		assertThat(registry.find(DeadlineMeter.EXCEEDED.meterName()).meters())
			.extracting((meter) -> meter.getId().getTag("phase"))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(Phase.values()).map(Phase::label).toList());
	}

	@Test
	void reportSaysWhatIsInForceAndWhatTurnsItOn() {
		try (RunningApplication application = start(ServerKind.TOMCAT)) {
			DeadlineReport report = application.context().getBean(DeadlineReport.class);
			assertThat(report.mode()).isEqualTo(Mode.OBSERVE);
			assertThat(report.settings()).extracting((setting) -> setting.key() + "=" + setting.value())
				.contains("holdfast.deadline.mode=observe", "holdfast.deadline.request=60000ms",
						"holdfast.deadline.cancel=safe");
			assertThat(report.findings()).singleElement()
				.satisfies((finding) -> assertThat(finding.remedy()).contains("holdfast.deadline.mode=enforce"));
		}
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', textBlock = """
			holdfast.deadline.request     | 0s          | between 1ms and 1d
			holdfast.deadline.request     | 2d          | between 1ms and 1d
			holdfast.deadline.min-budget  | 0s          | between 1ms and 1d
			holdfast.deadline.close-after | 0s          | between 1ms and 1d
			holdfast.deadline.status      | 500         | 503 or 504
			holdfast.deadline.trusted     | my-proxy    | CIDR
			holdfast.deadline.cancel      | some        | safe
			holdfast.deadline.requests    | 5s          | holdfast.deadline.requests
			holdfast.routes.a.deadline    | 0s          | between 1ms and 1d
			holdfast.routes.a.cancel      | sometimes   | safe
			""")
	void valueThatMakesNoSenseStopsTheStart(String key, String value, String remedy, CapturedOutput output) {
		assertThatThrownBy(() -> start(ServerKind.TOMCAT, "holdfast.routes.a.pattern=/a", key + "=" + value))
			.isInstanceOf(Exception.class);
		assertThat(output).contains("APPLICATION FAILED TO START", key, value).containsIgnoringCase(remedy);
	}

	@Test
	void routeCannotHaveATimeAndAnyTime(CapturedOutput output) {
		assertThatThrownBy(() -> start(ServerKind.TOMCAT, "holdfast.routes.a.pattern=/a",
				"holdfast.routes.a.deadline=5s", "holdfast.routes.a.streaming=true"))
			.isInstanceOf(Exception.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "holdfast.routes.a.deadline", "remove one");
	}

	private static RunningApplication start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("logging.level.dev.holdfast=INFO");
		return RunningApplication.start(kind, DeadlineApplication.class, false, all.toArray(String[]::new));
	}

	private static DeadlineCounts counts(RunningApplication application) {
		return application.context().getBean(DeadlineCounts.class);
	}

	private static long left(RunningApplication application, String header, String value) {
		return Long.parseLong(get(application, "/left", header, value).body());
	}

	private static HttpResponse<String> get(RunningApplication application, String path, String header, String value) {
		return application
			.send(HttpRequest.newBuilder(application.uri(path))
				.timeout(DeadlineApplication.LONG)
				.header(header, value)
				.build())
			.join();
	}

}
