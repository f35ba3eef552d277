/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.holdfast.server.DisconnectTests.Departure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client leaves behind in logs and meters.
 */
@Tag("A3")
@Tag("C10")
@ExtendWith(OutputCaptureExtension.class)
class DisconnectTraceTests {

	private static final String DEBUG = "logging.level.dev.holdfast=DEBUG";

	private static final String GET = "GET /stay/a HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String POST = "POST /stay/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

	@TempDir
	private Path folder = Path.of("");

	@ParameterizedTest
	@CsvSource({ "TOMCAT, CLOSE", "TOMCAT, RESET", "JETTY, CLOSE", "JETTY, RESET" })
	void requestThatIsEndedIsOneLineOnDebugAndNoFailureOfTheServer(ServerKind kind, Departure departure,
			CapturedOutput output) throws IOException {
		try (LeavingApplication application = start(kind); RawConnection connection = application.connect()) {
			connection.send(GET);
			application.watched("a");
			int begin = output.getOut().length();
			departure.leave(connection.socket());

			Awaitility.await().untilAsserted(() -> assertThat(accessLog()).containsExactly("GET /stay/a 499"));

			assertThat(debugLines(output, begin)).singleElement()
				.asString()
				.endsWith("The client of GET /stay/{name} has left: it is ended");
			assertThat(output.getAll()).doesNotContain("Exception", "ERROR", "WARN", "\tat ");
			assertThat(application.detected()).isOne();
			assertThat(application.cancelled()).isOne();
			Timer timer = timer(application);
			assertThat(timer.count()).isOne();
			assertThat(timer.getId().getTag("status")).isEqualTo("499");
			assertThat(timer.getId().getTag("outcome")).isNotEqualTo("SERVER_ERROR");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, CLOSE", "TOMCAT, RESET", "JETTY, CLOSE", "JETTY, RESET" })
	void requestThatRunsOnIsOneLineOnDebugToo(ServerKind kind, Departure departure, CapturedOutput output)
			throws IOException {
		try (LeavingApplication application = start(kind); RawConnection connection = application.connect()) {
			connection.send(POST);
			application.watched("a");
			int begin = output.getOut().length();
			departure.leave(connection.socket());
			Awaitility.await().until(() -> application.detected() == 1);
			application.visits().open();

			Awaitility.await().untilAsserted(() -> assertThat(accessLog()).containsExactly("POST /stay/a 200"));

			assertThat(debugLines(output, begin)).singleElement()
				.asString()
				.endsWith("The client of POST /stay/{name} has left: it runs on (holdfast.disconnect.cancel)");
			assertThat(output.getAll()).doesNotContain("ERROR", "WARN", "\tat ");
			assertThat(application.cancelled()).isZero();
		}
	}

	private LeavingApplication start(ServerKind kind) {
		return LeavingApplication.start(kind, DEBUG, "server.tomcat.accesslog.enabled=true",
				"server.tomcat.accesslog.directory=" + this.folder, "server.tomcat.accesslog.buffered=false",
				"server.tomcat.accesslog.pattern=%m %U %s", "server.jetty.accesslog.enabled=true",
				"server.jetty.accesslog.filename=" + this.folder.resolve("access.log"),
				"server.jetty.accesslog.custom-format=%m %U %s");
	}

	private List<String> accessLog() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			List<Path> found = files.toList();
			assertThat(found).hasSize(1);
			return Files.readAllLines(found.get(0));
		}
	}

	private static List<String> debugLines(CapturedOutput output, int begin) {
		return output.getOut().substring(begin).lines().filter((line) -> line.contains(" DEBUG ")).toList();
	}

	private static Timer timer(LeavingApplication application) {
		return application.application()
			.context()
			.getBean(MeterRegistry.class)
			.get("http.server.requests")
			.tag("uri", "/stay/{name}")
			.timer();
	}

}
