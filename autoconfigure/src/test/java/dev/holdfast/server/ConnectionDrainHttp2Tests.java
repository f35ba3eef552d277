/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a drain does to connections over HTTP/2.
 */
class ConnectionDrainHttp2Tests {

	@ParameterizedTest
	@EnumSource
	void connectionIsToldToGoAwayAndItsStreamsAreAnswered(ServerKind kind) throws IOException {
		try (DrainedApplication application = start(kind); RawHttp2Connection connection = connect(application)) {
			connection.ask(1, "/block");
			Awaitility.await().until(() -> application.application().gate().waiting() == 1);
			announceUntilTold(application, connection);
			connection.ask(3, "/hello");
			connection.awaitOk(3);
			assertThat(application.closeIdle(Duration.ZERO)).isZero();
			application.application().gate().open();
			connection.awaitOk(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatWasOnItsWayToAQuietConnectionIsAnswered(ServerKind kind) throws IOException {
		try (DrainedApplication application = start(kind); RawHttp2Connection connection = connect(application)) {
			connection.ask(1, "/hello");
			connection.awaitOk(1);
			announceUntilTold(application, connection);
			connection.ask(3, "/hello");
			connection.awaitOk(3);
		}
	}

	@Test
	void quietConnectionIsClosedWithTheOtherIdleOnes() throws IOException {
		try (DrainedApplication application = start(ServerKind.JETTY);
				RawHttp2Connection connection = connect(application)) {
			connection.ask(1, "/hello");
			connection.awaitOk(1);
			assertThat(application.closeIdle(Duration.ZERO)).as("not before it was told").isZero();
			announceUntilTold(application, connection);
			assertThat(application.closeIdle(Duration.ofMinutes(1))).as("it was used a moment ago").isZero();
			Awaitility.await().until(() -> application.closeIdle(Duration.ZERO) == 1);
			Awaitility.await().until(connection::isAtEnd);
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionThatComesLaterIsToldAtTheNextCall(ServerKind kind) throws IOException {
		try (DrainedApplication application = start(kind); RawHttp2Connection early = connect(application)) {
			announceUntilTold(application, early);
			try (RawHttp2Connection late = connect(application)) {
				late.ask(1, "/hello");
				late.awaitOk(1);
				assertThat(late.isToldToGoAway()).isFalse();
				announceUntilTold(application, late);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsNotToldOnceTheCloseIsTakenBack(ServerKind kind) throws IOException {
		try (DrainedApplication application = start(kind); RawHttp2Connection early = connect(application)) {
			announceUntilTold(application, early);
			application.resume();
			try (RawHttp2Connection late = connect(application)) {
				for (int stream = 1; stream < 9; stream += 2) {
					late.ask(stream, "/hello");
					late.awaitOk(stream);
				}
				assertThat(late.isToldToGoAway()).isFalse();
			}
		}
	}

	// Tomcat cannot tell a connection whose frames it reads in that moment
	private static void announceUntilTold(DrainedApplication application, RawHttp2Connection connection) {
		Awaitility.await().until(() -> {
			application.announceClose();
			return connection.isToldToGoAway();
		});
	}

	private static DrainedApplication start(ServerKind kind) {
		return DrainedApplication.start(kind, "server.http2.enabled=true");
	}

	private static RawHttp2Connection connect(DrainedApplication application) throws IOException {
		return RawHttp2Connection.to(application.application().port());
	}

}
