/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.server.DisconnectTests.Departure;
import dev.holdfast.server.LeavingApplication.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the threads of requests whose clients leave.
 */
@Tag("A3")
class DisconnectInterruptTests {

	private static final String INTERRUPT = "holdfast.disconnect.interrupt=true";

	private static final Duration A_WHILE = Duration.ofMillis(700);

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /block/a", "JETTY, /block/a", "TOMCAT, /block-callable", "JETTY, /block-callable" })
	void threadThatHearsNothingElseIsInterruptedWhereItIsToBe(ServerKind kind, String path) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, INTERRUPT);
				RawConnection connection = application.connect()) {
			leave(application, connection, path);
			Awaitility.await().until(() -> application.application().running().size() == 0);
			assertThat(application.cancelled()).isOne();
			for (int i = 0; i < 30; i++) {
				assertThat(application.application().get("/interrupted").body()).isEqualTo("false");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, /block/a", "JETTY, /block/a", "TOMCAT, /block-callable", "JETTY, /block-callable" })
	void byDefaultItIsNot(ServerKind kind, String path) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			leave(application, connection, path);
			assertThatItIsAGhost(application);
		}
	}

	@ParameterizedTest
	@EnumSource
	void routeDecidesOtherwise(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, INTERRUPT,
				"holdfast.routes.blocking.pattern=/block/**", "holdfast.routes.blocking.interrupt=false");
				RawConnection connection = application.connect()) {
			leave(application, connection, "/block/a");
			assertThatItIsAGhost(application);
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadOfARequestThatRunsOnIsNot(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, INTERRUPT);
				RawConnection connection = application.connect()) {
			connection.send("POST /stay/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			Awaitility.await().until(() -> application.detected() == 1);
			Awaitility.await().during(A_WHILE).atMost(A_WHILE.plus(A_WHILE)).until(() -> !visit.hasLeft());
			assertThat(application.cancelled()).isZero();
		}
	}

	private static void leave(LeavingApplication application, RawConnection connection, String path)
			throws IOException {
		connection.ask(path);
		Awaitility.await().until(() -> application.application().gate().waiting() == 1);
		Departure.CLOSE.leave(connection.socket());
	}

	private static void assertThatItIsAGhost(LeavingApplication application) {
		Awaitility.await().until(() -> application.application().running().ghosts() == 1);
		Awaitility.await()
			.during(A_WHILE)
			.atMost(A_WHILE.plus(A_WHILE))
			.until(() -> application.application().running().ghosts() == 1);
	}

}
