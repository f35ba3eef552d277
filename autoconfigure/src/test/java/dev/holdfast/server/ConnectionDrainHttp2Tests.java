/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a drain does to connections over HTTP/2.
 */
class ConnectionDrainHttp2Tests {

	private static ServerCertificate certificate = new ServerCertificate(Path.of("keys.p12"));

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = ServerCertificate.in(folder);
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void connectionIsToldToGoAwayAndItsStreamsAreAnswered(ServerKind kind, boolean secured)
			throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind, secured);
				RawHttp2Connection connection = connect(application, secured)) {
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
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void requestThatWasOnItsWayToAQuietConnectionIsAnswered(ServerKind kind, boolean secured)
			throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind, secured);
				RawHttp2Connection connection = connect(application, secured)) {
			connection.ask(1, "/hello");
			connection.awaitOk(1);
			announceUntilTold(application, connection);
			connection.ask(3, "/hello");
			connection.awaitOk(3);
		}
	}

	@Test
	void quietConnectionIsClosedWithTheOtherIdleOnes() throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(ServerKind.JETTY, false);
				RawHttp2Connection connection = connect(application, false)) {
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
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void connectionThatComesLaterIsServedAndToldAtTheSecondCall(ServerKind kind, boolean secured)
			throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind, secured);
				RawHttp2Connection early = connect(application, secured)) {
			announceUntilTold(application, early);
			try (RawHttp2Connection late = connect(application, secured)) {
				late.ask(1, "/hello");
				late.awaitOk(1);
				application.announceClose();
				late.ask(3, "/hello");
				late.awaitOk(3);
				Awaitility.await().during(Duration.ofMillis(300)).until(() -> !late.isToldToGoAway());
				announceUntilTold(application, late);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void connectionIsNotToldOnceTheCloseIsTakenBack(ServerKind kind, boolean secured)
			throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind, secured);
				RawHttp2Connection early = connect(application, secured)) {
			announceUntilTold(application, early);
			application.resume();
			try (RawHttp2Connection late = connect(application, secured)) {
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

	private static DrainedApplication start(ServerKind kind, boolean secured) {
		List<String> settings = new ArrayList<>(secured ? certificate.settings() : List.of());
		settings.add("server.http2.enabled=true");
		return DrainedApplication.start(kind, settings.toArray(String[]::new));
	}

	private static RawHttp2Connection connect(DrainedApplication application, boolean secured)
			throws IOException, GeneralSecurityException {
		int port = application.application().port();
		return secured ? RawHttp2Connection.over(certificate.connect(port, "h2").socket())
				: RawHttp2Connection.to(port);
	}

}
