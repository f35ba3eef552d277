/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import dev.holdfast.server.DisconnectTests.Departure;
import dev.holdfast.server.LeavingApplication.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the inflight endpoint tells of requests whose clients have left.
 */
@Tag("A3")
class DisconnectEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=inflight";

	private static final String STAY = "/stay/{name}";

	private static final String GONE = "clientGone";

	@ParameterizedTest
	@EnumSource
	void requestThatChangesSomethingIsShownAndRunsOn(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, EXPOSED);
				RawConnection connection = application.connect();
				RawConnection other = application.connect()) {
			connection.send("POST /stay/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
			other.ask("/stay-async/b");
			Visit visit = application.watched("a");
			application.watched("b");
			assertThat(shown(application, STAY)).containsEntry(GONE, false);

			Departure.CLOSE.leave(connection.socket());

			Awaitility.await().untilAsserted(() -> assertThat(shown(application, STAY)).containsEntry(GONE, true));
			assertThat(shown(application, STAY)).containsEntry("ended", null)
				.containsEntry("method", "POST")
				.containsEntry("phase", "handler");
			assertThat(shown(application, "/stay-async/{name}")).as("its client is there").containsEntry(GONE, false);
			assertThat(ghosts(application)).isZero();
			assertThat(visit.reason()).isNull();
			application.visits().open();
			Awaitility.await().until(visit::hasLeft);
			assertThat(application.detected()).isOne();
			assertThat(application.cancelled()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void observedOnlyItIsShownAndRunsOn(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, EXPOSED,
				"holdfast.disconnect.mode=observe"); RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			Departure.RESET.leave(connection.socket());
			Awaitility.await().untilAsserted(() -> assertThat(shown(application, STAY)).containsEntry(GONE, true));
			assertThat(shown(application, STAY)).containsEntry("ended", null);
			assertThat(visit.reason()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource
	void oneThatIgnoresItsEndIsShownWithItsReason(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, EXPOSED,
				"holdfast.inflight.show-stacks=always"); RawConnection connection = application.connect()) {
			connection.ask("/block/a");
			Awaitility.await().until(() -> application.application().gate().waiting() == 1);
			Departure.CLOSE.leave(connection.socket());
			Awaitility.await().until(() -> ghosts(application) == 1);
			Map<String, Object> ghost = shown(inFlight(application, "?stacks=true"), "/block/{name}");
			assertThat(ghost).containsEntry("ended", "client_gone")
				.containsEntry(GONE, true)
				.containsEntry("deadlineLeftMs", 0)
				.containsEntry("phase", "handler");
			assertThat(ghost.get("thread")).isNotNull();
			assertThat(ghost.get("stack")).asString().contains("CountDownLatch.await");
		}
	}

	private static int ghosts(LeavingApplication application) {
		return JsonPath.<Integer>read(inFlight(application, ""), "$.ghosts");
	}

	private static Map<String, Object> shown(LeavingApplication application, String route) {
		return shown(inFlight(application, ""), route);
	}

	private static Map<String, Object> shown(String inFlight, String route) {
		List<Map<String, Object>> found = JsonPath.read(inFlight, "$.running[?(@.route=='" + route + "')]");
		assertThat(found).as(inFlight).hasSize(1);
		return found.get(0);
	}

	private static String inFlight(LeavingApplication application, String query) {
		return application.application().get("/actuator/inflight" + query).body();
	}

}
