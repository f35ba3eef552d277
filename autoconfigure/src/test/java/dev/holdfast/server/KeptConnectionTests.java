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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of the connection of a refused request: to connect again costs a server
 * under overload more than to refuse.
 */
@Tag("C1")
class KeptConnectionTests {

	private static final String HEAD = "HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String GET = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@ParameterizedTest
	@EnumSource
	void refusedClientGoesOnOverItsConnection(ServerKind kind) throws IOException {
		try (RunningApplication application = full(kind);
				RawConnection connection = RawConnection.to(application.port())) {
			for (int i = 0; i < 3; i++) {
				isRefused(connection.get("/hello"));
			}
			application.gate().open();
			await().until(() -> application.limiter().inFlight() == 0);
			assertThat(connection.get("/hello").head()).startsWith("http/1.1 200").doesNotContain("connection:");
			assertThat(connection.get("/nowhere").head()).startsWith("http/1.1 404");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestsBehindOneAnotherAreEachRefused(ServerKind kind) throws IOException {
		try (RunningApplication application = full(kind);
				RawConnection connection = RawConnection.to(application.port())) {
			connection.send(GET + HEAD + GET);
			isRefused(connection.answer());
			assertThat(connection.head()).startsWith("http/1.1 503").contains("content-length:");
			isRefused(connection.answer());
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatWantsItClosedHasItClosed(ServerKind kind) throws IOException {
		try (RunningApplication application = full(kind);
				RawConnection connection = RawConnection.to(application.port())) {
			connection.send("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(connection.answer().head()).startsWith("http/1.1 503").contains("connection: close");
			assertThat(connection.isEnded()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = "TOMCAT")
	void bodyThatWasNotReadEndsTheConnectionAsEver(ServerKind kind) throws IOException {
		for (String body : List.of("Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
			try (RunningApplication application = full(kind);
					RawConnection connection = RawConnection.to(application.port())) {
				connection.send("POST /upload HTTP/1.1\r\nHost: localhost\r\n" + body);
				assertThat(connection.answer().head()).startsWith("http/1.1 503").contains("connection: close");
				assertThat(connection.isEnded()).isTrue();
			}
		}
	}

	@Test
	void accessLogTellsTheStatusThatTheClientGot(@TempDir Path logs) throws IOException {
		try (RunningApplication application = full(ServerKind.TOMCAT, "server.tomcat.accesslog.enabled=true",
				"server.tomcat.accesslog.directory=" + logs, "server.tomcat.accesslog.pattern=%U %s",
				"server.tomcat.accesslog.buffered=false");
				RawConnection connection = RawConnection.to(application.port())) {
			isRefused(connection.get("/hello"));
			isRefused(connection.get("/hello"));
			await().untilAsserted(() -> assertThat(lines(logs)).containsExactly("/hello 503", "/hello 503"));
		}
	}

	private static RunningApplication full(ServerKind kind, String... properties) {
		RunningApplication application = RunningApplication.start(kind,
				Stream
					.concat(Stream.of("holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0"),
							Stream.of(properties))
					.toArray(String[]::new));
		application.begin("/block");
		await().until(() -> application.gate().waiting() == 1);
		return application;
	}

	private static void isRefused(RawConnection.Answer answer) {
		assertThat(answer.head()).startsWith("http/1.1 503")
			.contains("x-shed-reason: limit")
			.doesNotContain("connection:");
		assertThat(answer.body()).contains("\"status\":503");
	}

	private static List<String> lines(Path logs) throws IOException {
		try (Stream<Path> files = Files.list(logs)) {
			Path log = files.findFirst().orElseThrow();
			return Files.readAllLines(log);
		}
	}

}
