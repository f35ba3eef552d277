/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

import dev.holdfast.server.LeavingApplication.Visit;
import dev.holdfast.server.ServerCertificate.Secured;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to requests whose clients leave a connection over TLS.
 */
@Tag("A3")
@Tag("G7")
class DisconnectTlsTests {

	private static ServerCertificate certificate = new ServerCertificate(Path.of("keys.p12"));

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = ServerCertificate.in(folder);
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, CLOSE, TLSv1.3", "TOMCAT, CLOSE, TLSv1.2", "TOMCAT, RESET, TLSv1.3", "TOMCAT, RESET, TLSv1.2",
			"JETTY, CLOSE, TLSv1.3", "JETTY, CLOSE, TLSv1.2", "JETTY, RESET, TLSv1.3", "JETTY, RESET, TLSv1.2" })
	void requestIsEndedWhenItsConnectionEndsWithoutAWord(ServerKind kind, DisconnectTests.Departure departure,
			String version, TestReporter reporter) throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind)) {
			Secured client = certificate.connect(version, application.application().port());
			try (RawConnection connection = RawConnection.over(client.socket())) {
				connection.ask("/stay/a");
				Visit visit = application.watched("a");
				long left = System.nanoTime();
				departure.leave(client.plain());
				report(reporter, kind + " " + version + " " + departure, visit.endedAfter(left));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, TLSv1.3", "TOMCAT, TLSv1.2", "JETTY, TLSv1.3", "JETTY, TLSv1.2" })
	@EnabledOnOs(OS.LINUX)
	void requestIsEndedWhenItsClientSaysFarewell(ServerKind kind, String version, TestReporter reporter)
			throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind)) {
			Secured client = certificate.connect(version, application.application().port());
			try (RawConnection connection = RawConnection.over(client.socket())) {
				connection.ask("/stay/a");
				Visit visit = application.watched("a");
				long left = System.nanoTime();
				DisconnectTests.Departure.CLOSE.leave(client.socket());
				report(reporter, kind + " " + version + " close_notify and FIN", visit.endedAfter(left));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void nextRequestThatWaitsOnTheConnectionDoesNoHarm(ServerKind kind) throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind)) {
			Secured client = certificate.connect(application.application().port());
			try (RawConnection connection = RawConnection.over(client.socket())) {
				connection.ask("/stay/a");
				connection.ask("/hello");
				Visit visit = application.watched("a");
				Awaitility.await().during(Duration.ofMillis(700)).until(() -> visit.reason() == null);
				application.visits().open();
				assertThat(connection.answer().body()).isEqualTo("stayed");
				assertThat(connection.answer().body()).isEqualTo("hello");
				assertThat(application.detected()).isZero();
			}
		}
	}

	private static void report(TestReporter reporter, String what, Duration latency) {
		reporter.publishEntry(what, latency.toNanos() / 1_000 + " us");
		assertThat(latency).isLessThan(Duration.ofSeconds(2));
	}

	private static LeavingApplication start(ServerKind kind) {
		return LeavingApplication.start(kind, certificate.settings().toArray(String[]::new));
	}

}
