/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.report.Mode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an operator sees and changes.
 */
@org.junit.jupiter.api.Tag("G4")
@ExtendWith(OutputCaptureExtension.class)
class EndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	private static final String WRITABLE = "management.endpoint.concurrency.access=unrestricted";

	private static final String ROUTE = "holdfast.routes.blocking.pattern=/block/**";

	@Test
	void endpointsAreNotExposedUnlessTheUserExposesThem() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT)) {
			assertThat(application.get("/actuator/concurrency").statusCode()).isEqualTo(404);
			assertThat(application.get("/actuator/inflight").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource
	void concurrencyShowsLimitersAndRoutes(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED, ROUTE,
				"holdfast.concurrency.limit=7", "holdfast.concurrency.max-queued=3", "holdfast.routes.blocking.limit=4",
				"holdfast.routes.blocking.priority=bulk")) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);

			String body = application.get("/actuator/concurrency").body();

			assertThat(body)
				.contains("\"server\":{\"mode\":\"enforce\",\"algorithm\":\"fixed\",\"limit\":7,"
						+ "\"inFlight\":1,\"queued\":0,\"maxQueued\":3")
				.contains("\"routes\":{\"blocking\":{\"limit\":4,\"inFlight\":1,\"priority\":\"bulk\","
						+ "\"mode\":\"enforce\"}}");
		}
	}

	@ParameterizedTest
	@EnumSource
	void concurrencyTellsRefusalsByReasonAndByPriority(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED, ROUTE,
				"holdfast.concurrency.limit=10", "holdfast.concurrency.max-queued=0",
				"holdfast.routes.blocking.priority=bulk", "holdfast.routes.blocking.limit=1",
				"holdfast.routes.batch.pattern=/upload", "holdfast.routes.batch.priority=bulk",
				"holdfast.routes.batch.limit=1")) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);
			assertThat(application.get("/block/b").headers().firstValue("X-Shed-Reason")).hasValue("route");
			application.limiter().update((before) -> before.withLimit(1));
			assertThat(application.postJson("/upload", "{}").headers().firstValue("X-Shed-Reason")).hasValue("limit");
			assertThat(application.get("/hello").headers().firstValue("X-Shed-Reason")).hasValue("limit");

			String body = application.get("/actuator/concurrency").body();

			assertThat(JsonPath.<Map<String, Object>>read(body, "$.limiters.server.shed"))
				.isEqualTo(Map.of("limit", 2, "queue", 0, "timeout", 0, "route", 1, "deadline", 0));
			String byPriority = "$.limiters.server.shedByPriority";
			assertThat(JsonPath.<Map<String, Object>>read(body, byPriority)).containsOnlyKeys("critical", "default",
					"degraded", "bulk");
			assertThat(JsonPath.<Map<String, Object>>read(body, byPriority + ".bulk"))
				.isEqualTo(Map.of("limit", 1, "queue", 0, "timeout", 0, "route", 1, "deadline", 0));
			assertThat(JsonPath.<Map<String, Object>>read(body, byPriority + ".default"))
				.isEqualTo(Map.of("limit", 1, "queue", 0, "timeout", 0, "route", 0, "deadline", 0));
			assertThat(JsonPath.<Map<String, Object>>read(body, byPriority + ".critical").values()).containsOnly(0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void concurrencyShowsHowManyMayWaitInABurst(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED,
				"spring.threads.virtual.enabled=false", "holdfast.concurrency.limit=150")) {
			LimiterSettings settings = application.limiter().settings();
			assertThat(settings.burstQueued()).isGreaterThan(80);
			assertThat(application.get("/actuator/concurrency").body())
				.contains("\"maxQueued\":60,\"burstQueued\":" + settings.burstQueued());
		}
	}

	@ParameterizedTest
	@EnumSource
	void inFlightShowsTemplatesAndWhoWorks(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED,
				"holdfast.inflight.show-stacks=always")) {
			application.begin("/block/secret-name?token=secret");
			await().until(() -> application.gate().waiting() == 1);

			String body = application.get("/actuator/inflight?stacks=true").body();

			assertThat(body).doesNotContain("secret", "\"peer\"");
			String blocked = "$.running[?(@.route=='/block/{name}')]";
			assertThat(JsonPath.<Object>read(body, blocked + ".phase").toString()).contains("handler");
			assertThat(JsonPath.<Object>read(body, blocked + ".method").toString()).contains("GET");
			assertThat(JsonPath.<Object>read(body, blocked + ".thread").toString()).isNotEqualTo("[]");
			assertThat(JsonPath.<Object>read(body, blocked + ".ended").toString()).isEqualTo("[null]");
			assertThat(JsonPath.<Object>read(body, blocked + ".stack").toString()).contains("CountDownLatch.await");
		}
	}

	@Test
	void stacksAndPeersAreShownToTheAuthorizedOnly() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, EXPOSED)) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);
			assertThat(application.get("/actuator/inflight?stacks=true").body()).doesNotContain("\"stack\"",
					"\"peer\"");
		}
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, EXPOSED,
				"holdfast.inflight.show-peers=always")) {
			assertThat(application.get("/actuator/inflight").body()).contains("\"peer\":\"127.0.0.1\"");
		}
	}

	@Test
	void concurrencyIsReadOnlyByDefault() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, EXPOSED)) {
			assertThat(application.postJson("/actuator/concurrency/server", "{\"limit\":1}").statusCode())
				.isBetween(404, 405);
			assertThat(application.limiter().settings().limit()).isNotEqualTo(1);
		}
	}

	@org.junit.jupiter.api.Tag("F4")
	@ParameterizedTest
	@EnumSource
	void modeAndLimitChangeAtRunTimeForTheWholeAndForARoute(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED, WRITABLE, ROUTE,
				"holdfast.concurrency.max-queued=0")) {
			HttpResponse<String> changed = application.postJson("/actuator/concurrency/server",
					"{\"mode\":\"observe\",\"limit\":1}");
			assertThat(changed.statusCode()).isEqualTo(200);
			assertThat(changed.body()).contains("\"mode\":\"observe\"", "\"limit\":1");
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);

			application.postJson("/actuator/concurrency/server", "{\"mode\":\"enforce\"}");
			assertThat(application.get("/hello").statusCode()).isEqualTo(503);

			application.postJson("/actuator/concurrency/server", "{\"limit\":100}");
			application.postJson("/actuator/concurrency/server", "{\"route\":\"blocking\",\"limit\":1}");
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(application.get("/block/b").headers().firstValue("X-Shed-Reason")).hasValue("route");
		}
	}

	@org.junit.jupiter.api.Tag("F4")
	@ParameterizedTest
	@EnumSource
	void modeOfARouteChangesAtRunTimeAndThatOfTheWholeStays(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, EXPOSED, WRITABLE, ROUTE,
				"holdfast.concurrency.max-queued=0", "holdfast.routes.blocking.limit=1")) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);
			assertThat(application.get("/block/b").headers().firstValue("X-Shed-Reason")).hasValue("route");

			String changed = application
				.postJson("/actuator/concurrency/server", "{\"route\":\"blocking\",\"mode\":\"observe\"}")
				.body();
			assertThat(JsonPath.<String>read(changed, "$.routes.blocking.mode")).isEqualTo("observe");
			assertThat(JsonPath.<String>read(changed, "$.mode")).isEqualTo("enforce");
			application.begin("/block/b");
			await().until(() -> application.gate().waiting() == 2);

			application.postJson("/actuator/concurrency/server", "{\"route\":\"blocking\",\"mode\":\"enforce\"}");
			assertThat(application.get("/block/c").headers().firstValue("X-Shed-Reason")).hasValue("route");
		}
	}

	@Test
	void changeIsLoggedWithTheOldAndTheNewValue(CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, EXPOSED, WRITABLE, ROUTE,
				"holdfast.concurrency.limit=120", "logging.level.dev.holdfast=info")) {
			application.postJson("/actuator/concurrency/server", "{\"mode\":\"observe\",\"limit\":90}");
			assertThat(output).contains("Limiter 'server' changed by the concurrency endpoint: "
					+ "mode ENFORCE -> OBSERVE, limit 120 -> 90");

			application.postJson("/actuator/concurrency/server", "{\"route\":\"blocking\",\"limit\":4}");
			application.postJson("/actuator/concurrency/server",
					"{\"route\":\"blocking\",\"mode\":\"off\",\"limit\":3}");
			String route = "Route 'blocking' of limiter 'server' changed by the concurrency endpoint: ";
			assertThat(output).contains(route + "mode as the limiter -> as the limiter, limit none -> 4",
					route + "mode as the limiter -> OFF, limit 4 -> 3");
		}
	}

	@Test
	void changeThatMakesNoSenseIsRefusedAndChangesNothing() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, EXPOSED, WRITABLE)) {
			refuses(application, "server", "{\"limit\":0}", 400, "'limit' must be at least 1, was 0");
			refuses(application, "server", "{\"mode\":\"sometimes\"}", 400,
					"'mode' must be one of off, observe and enforce");
			refuses(application, "server", "{}", 400, "Nothing to change");
			refuses(application, "server", "{\"limit\":\"many\"}", 400, "Bad Request");
			refuses(application, "server", "{\"limit\":5,\"route\":\"nowhere\"}", 404, "no route 'nowhere'");
			refuses(application, "nowhere", "{\"limit\":5}", 404, "no limiter 'nowhere'");
		}
	}

	private static void refuses(RunningApplication application, String name, String body, int status, String message) {
		LimiterSettings before = application.limiter().settings();
		HttpResponse<String> answer = application.postJson("/actuator/concurrency/" + name, body);
		assertThat(answer.statusCode()).as(body).isEqualTo(status);
		assertThat(answer.body()).as(body).contains(message);
		assertThat(application.limiter().settings()).as(body).isEqualTo(before);
		assertThat(before.mode()).isEqualTo(Mode.ENFORCE);
	}

	@Test
	void everyMeterIsPublishedFromTheStartWithTheTagsThatItsDescriptionNames() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT,
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0")) {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			application.context().getBean(ConcurrencyMetrics.class).bindTo(registry);
			for (ConcurrencyMeter meter : ConcurrencyMeter.values()) {
				meter.tags()
					.forEach((tag, values) -> assertThat(tagValues(registry, meter, tag)).as(meter + tag)
						.containsExactlyElementsOf(new TreeSet<>(values)));
				assertThat(registry.find(meter.meterName()).meters()).as(meter.meterName()).isNotEmpty();
			}
			Set<String> described = Arrays.stream(ConcurrencyMeter.values())
				.map(ConcurrencyMeter::meterName)
				.collect(Collectors.toSet());
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.allMatch(described::contains);

			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);
			application.get("/hello");
			assertThat(registry.get("holdfast.concurrency.in.flight").gauge().value()).isEqualTo(1);
			assertThat(registry.get("holdfast.concurrency.shed")
				.tags("reason", "limit", "priority", "default")
				.functionCounter()
				.count()).isEqualTo(1);
		}
	}

	private static Set<String> tagValues(SimpleMeterRegistry registry, ConcurrencyMeter meter, String tag) {
		return registry.find(meter.meterName())
			.meters()
			.stream()
			.map(Meter::getId)
			.flatMap((id) -> id.getTags().stream())
			.filter((candidate) -> candidate.getKey().equals(tag))
			.map(Tag::getValue)
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
