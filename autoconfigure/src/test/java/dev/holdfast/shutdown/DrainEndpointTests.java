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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D2")
@Tag("D3")
@Tag("G1")
class DrainEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	private static final String WRITABLE = "management.endpoint.drain.access=unrestricted";

	private static final String PROBES = "management.endpoint.health.probes.enabled=true";

	private static final String READINESS = "/actuator/health/readiness";

	private static final String HOOK = "management.endpoint.prestop.access=read-only";

	private static final String DELAY = "holdfast.shutdown.delay=";

	private static final String TOKEN = "a-token-of-some-length";

	@ParameterizedTest
	@EnumSource
	void drainIsBegunShownAndTakenBack(ServerKind kind) {
		try (DrainingApplication application = DrainingApplication.start(kind, EXPOSED, WRITABLE,
				"holdfast.shutdown.delay=1m", PROBES)) {
			assertThat(application.get("/actuator/drain").body()).contains("\"state\":\"serving\"")
				.contains("\"trigger\":null");
			assertThat(drain(application, "POST").body()).contains("\"state\":\"draining\"")
				.contains("\"trigger\":\"endpoint\"")
				.contains("\"timeLeftMs\":");
			assertThat(application.get(READINESS).statusCode()).isEqualTo(503);
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(drain(application, "POST").statusCode()).as("a second one joins").isEqualTo(200);
			assertThat(drain(application, "DELETE").body()).contains("\"state\":\"serving\"");
			assertThat(application.get(READINESS).statusCode()).isEqualTo(200);
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			// it was over before the context closed, which then is not waited for
			application.bean(Drain.class).stop(false);
			assertThat(drain(application, "DELETE").statusCode()).isEqualTo(409);
		}
	}

	@Test
	void drainCanOnlyBeReadUnlessItIsOpened() {
		try (DrainingApplication application = DrainingApplication.start(ServerKind.TOMCAT, EXPOSED)) {
			assertThat(application.get("/actuator/drain").statusCode()).isEqualTo(200);
			assertThat(drain(application, "POST").body()).isEqualTo("caught HttpRequestMethodNotSupportedException");
			assertThat(application.bean(Drain.class).state()).isEqualTo(DrainState.SERVING);
		}
	}

	@Test
	void hookIsClosedUnlessItIsOpened() {
		try (DrainingApplication application = DrainingApplication.start(ServerKind.TOMCAT, EXPOSED)) {
			assertThat(application.get("/actuator/prestop").body()).isEqualTo("caught NoResourceFoundException");
		}
	}

	@Test
	void hookOnThePortOfTheApplicationNeedsAToken() {
		try (DrainingApplication application = DrainingApplication.start(ServerKind.TOMCAT, EXPOSED, HOOK)) {
			HttpResponse<String> response = application.get("/actuator/prestop");
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("management.server.port").contains("holdfast.shutdown.prestop-token");
			assertThat(application.bean(Drain.class).state()).isEqualTo(DrainState.SERVING);
		}
	}

	@ParameterizedTest
	@EnumSource
	void hookWithTheTokenAnswersWhenTheDelayIsOver(ServerKind kind) throws Exception {
		try (DrainingApplication application = DrainingApplication.start(kind, EXPOSED, HOOK, DELAY + "2s",
				"holdfast.shutdown.prestop-token=" + TOKEN)) {
			assertThat(hook(application, application.port(), "wrong").join().statusCode()).isEqualTo(403);
			assertThat(application.get("/actuator/prestop").statusCode()).isEqualTo(403);
			long begin = System.nanoTime();
			CompletableFuture<HttpResponse<String>> waiting = hook(application, application.port(), TOKEN);
			Awaitility.await().until(() -> application.bean(Drain.class).state() == DrainState.DRAINING);
			assertThat(application.bean(Drain.class).snapshot().inFlight()).as("the hook is no traffic").isZero();
			assertThat(hook(application, application.port(), TOKEN).join().statusCode()).as("one waits").isEqualTo(409);
			HttpResponse<String> response = waiting.get(10, TimeUnit.SECONDS);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("\"state\":\"drained\"").contains("\"trigger\":\"prestop\"");
			assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
			long closing = System.nanoTime();
			application.closeInBackground().get(10, TimeUnit.SECONDS);
			assertThat(System.nanoTime() - closing).as("not waited again")
				.isLessThan(TimeUnit.MILLISECONDS.toNanos(1900));
		}
	}

	@Test
	void hookOnAPortOfItsOwnNeedsNoToken() throws Exception {
		try (DrainingApplication application = DrainingApplication.start(ServerKind.TOMCAT, EXPOSED, HOOK,
				DELAY + "500ms", "management.server.port=0")) {
			HttpResponse<String> response = hook(application, application.managementPort(), "any").get(10,
					TimeUnit.SECONDS);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(application.get("/hello").statusCode()).as("it still serves").isEqualTo(200);
		}
	}

	private static HttpResponse<String> drain(DrainingApplication application, String method) {
		return application.send(method, application.port(), "/actuator/drain").join();
	}

	private static CompletableFuture<HttpResponse<String>> hook(DrainingApplication application, int port,
			String token) {
		return application.send("GET", port, "/actuator/prestop", PreStopEndpoint.TOKEN_HEADER, token);
	}

}
