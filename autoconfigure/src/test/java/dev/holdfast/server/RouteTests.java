/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;

import dev.holdfast.concurrency.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Limits, priorities and modes of single routes, on both servers.
 */
@Tag("C1")
class RouteTests {

	private static final String PATTERN = "holdfast.routes.blocking.pattern=/block/**";

	private static final String NO_QUEUE = "holdfast.concurrency.max-queued=0";

	@ParameterizedTest
	@EnumSource
	void routeAtItsLimitIsRefusedAndOthersAreNot(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, PATTERN, NO_QUEUE,
				"holdfast.routes.blocking.limit=1")) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);

			assertThat(application.get("/block/b").headers().firstValue("X-Shed-Reason")).hasValue("route");
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /%62lock/b /block;v=1/b /block/./b /x/../block/b //block/b /block//b",
			"JETTY, /%62lock/b /block;v=1/b /block/./b /x/../block/b" })
	void noSpellingOfThePathLeadsAroundTheLimit(ServerKind kind, String paths) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, PATTERN, NO_QUEUE,
				"holdfast.routes.blocking.limit=1")) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);

			for (String path : paths.split(" ", -1)) {
				String answer = application
					.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
				assertThat(answer).as(path).startsWith("HTTP/1.1 503").contains("X-Shed-Reason: route");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void routeOfAnotherMethodIsAnotherRoute(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, NO_QUEUE,
				"holdfast.routes.uploads.pattern=/**", "holdfast.routes.uploads.methods=post",
				"holdfast.routes.uploads.limit=1", PATTERN)) {
			application.begin("/block/a");
			await().until(() -> application.gate().waiting() == 1);

			Lane uploads = application.limiter().lane("uploads");
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(application.postJson("/upload", "{}").body()).isEqualTo("2");
			assertThat(uploads).isNotNull();
			assertThat(application.limiter().state().routes()).filteredOn((route) -> route.name().equals("blocking"))
				.singleElement()
				.satisfies((route) -> assertThat(route.inFlight()).isEqualTo(1));
		}
	}

	@ParameterizedTest
	@EnumSource
	void lessImportantRoutesAreRefusedFirst(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, PATTERN, NO_QUEUE,
				"holdfast.concurrency.limit=10", "holdfast.routes.blocking.priority=default",
				"holdfast.routes.batch.pattern=/upload", "holdfast.routes.batch.priority=bulk")) {
			for (int i = 0; i < 3; i++) {
				application.begin("/block/" + i);
			}
			await().until(() -> application.gate().waiting() == 3);

			HttpResponse<String> batch = application.postJson("/upload", "{}");
			assertThat(batch.headers().firstValue("X-Shed-Reason")).hasValue("limit");
			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
		}
	}

	@Tag("G4")
	@ParameterizedTest
	@EnumSource
	void routeInObserveModeIsCountedAndNotRefused(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, PATTERN, NO_QUEUE,
				"holdfast.routes.blocking.limit=1", "holdfast.routes.blocking.mode=observe")) {
			for (int i = 0; i < 3; i++) {
				application.begin("/block/" + i);
			}
			await().until(() -> application.gate().waiting() == 3);

			assertThat(application.limiter().state().shed().values()).contains(2L);
		}
	}

	@Tag("G4")
	@ParameterizedTest
	@EnumSource
	void observeModeCountsWhatItWouldHaveRefusedAndRefusesNothing(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, NO_QUEUE, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.mode=observe")) {
			for (int i = 0; i < 3; i++) {
				application.begin("/block");
			}
			await().until(() -> application.gate().waiting() == 3);

			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(application.limiter().state().shed().values()).contains(3L);
		}
	}

	@Tag("G4")
	@ParameterizedTest
	@EnumSource
	void modeOffLetsEverythingPassAndCountsNothing(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, NO_QUEUE, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.mode=off")) {
			for (int i = 0; i < 3; i++) {
				application.begin("/block");
			}
			await().until(() -> application.gate().waiting() == 3);

			assertThat(application.get("/hello").statusCode()).isEqualTo(200);
			assertThat(application.limiter().state().shed().values()).containsOnly(0L);
		}
	}

}
