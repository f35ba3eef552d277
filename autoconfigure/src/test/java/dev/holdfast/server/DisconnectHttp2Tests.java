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

import dev.holdfast.server.LeavingApplication.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to requests whose clients reset their streams or leave a connection over
 * HTTP/2.
 */
@Tag("A3")
@ExtendWith(OutputCaptureExtension.class)
class DisconnectHttp2Tests {

	private static final Duration AT_ONCE = Duration.ofSeconds(1);

	private static ServerCertificate certificate = new ServerCertificate(Path.of("keys.p12"));

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = ServerCertificate.in(folder);
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void streamThatIsResetEndsItsRequestOnly(ServerKind kind, boolean secured, TestReporter reporter,
			CapturedOutput output) throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind, secured);
				RawHttp2Connection connection = connect(application, secured)) {
			connection.ask(1, "/stay/a");
			connection.ask(3, "/stay/b");
			Visit visit = application.watched("a");
			Visit other = application.watched("b");
			long left = System.nanoTime();
			connection.cancel(1);
			Duration latency = visit.endedAfter(left);
			reporter.publishEntry(kind + " RST_STREAM" + (secured ? " TLS" : ""), latency.toNanos() / 1_000 + " us");
			assertThat(latency).isLessThan(AT_ONCE);
			connection.ask(5, "/hello");
			connection.awaitOk(5);
			Awaitility.await().until(visit::hasLeft);
			assertThat(other.reason()).isNull();
			application.visits().open();
			connection.awaitOk(3);
			Awaitility.await().untilAsserted(() -> assertThat(application.detected()).isOne());
			Awaitility.await().untilAsserted(() -> assertThat(application.cancelled()).isOne());
			assertThat(output).doesNotContain("Exception", "ERROR", "WARN");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "TOMCAT, true", "JETTY, false", "JETTY, true" })
	void connectionThatEndsEndsItsRequests(ServerKind kind, boolean secured, TestReporter reporter)
			throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind, secured);
				RawHttp2Connection connection = connect(application, secured)) {
			connection.ask(1, "/stay/a");
			connection.ask(3, "/stay/b");
			Visit first = application.watched("a");
			Visit second = application.watched("b");
			long left = System.nanoTime();
			connection.leave();
			Duration latency = first.endedAfter(left);
			reporter.publishEntry(kind + " HTTP/2 FIN" + (secured ? " TLS" : ""), latency.toNanos() / 1_000 + " us");
			assertThat(latency).isLessThan(AT_ONCE);
			assertThat(second.endedAfter(left)).isLessThan(AT_ONCE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, false", "JETTY, false" })
	void streamThatWasResetBeforeIsNoticedWhenTheWatchBegins(ServerKind kind, boolean secured)
			throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind, secured);
				RawHttp2Connection connection = connect(application, secured)) {
			connection.ask(1, "/stay/a");
			Visit visit = application.begun("a");
			connection.cancel(1);
			assertThat(visit.endedAtAge()).isBetween(LeavingApplication.DETECT_AFTER.dividedBy(2),
					LeavingApplication.DETECT_AFTER.plus(AT_ONCE));
		}
	}

	private static LeavingApplication start(ServerKind kind, boolean secured) {
		List<String> settings = new ArrayList<>(secured ? certificate.settings() : List.of());
		settings.add("server.http2.enabled=true");
		return LeavingApplication.start(kind, settings.toArray(String[]::new));
	}

	private static RawHttp2Connection connect(LeavingApplication application, boolean secured)
			throws IOException, GeneralSecurityException {
		int port = application.application().port();
		return secured ? RawHttp2Connection.over(certificate.connect(port, "h2").socket())
				: RawHttp2Connection.to(port);
	}

}
