/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class HttpConnectionTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String CHUNKED = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";

	@Test
	void readsChunks() throws IOException {
		try (ScriptedServer server = ScriptedServer
			.start(List.of(CHUNKED + "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"));
				HttpConnection connection = new HttpConnection(server.port(), TIMEOUT)) {
			Answer answer = connection.get("/", TIMEOUT);
			assertThat(answer.chunked()).isTrue();
			assertThat(answer.closes()).isFalse();
			assertThat(answer.text()).isEqualTo("abc0123456789");
			assertThat(connection.isReusable()).isTrue();
			assertThat(connection.awaitEnd(TIMEOUT)).isTrue();
		}
	}

	@Test
	void chunksThatAreCutAreNoAnswer() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(CHUNKED + "3\r\nabc\r\n"));
				HttpConnection connection = new HttpConnection(server.port(), TIMEOUT)) {
			assertThatIOException().isThrownBy(() -> connection.get("/", TIMEOUT))
				.withMessageContaining("before the end");
			assertThat(connection.isStarted()).isTrue();
		}
	}

	@Test
	void countsWhatADrainingInstanceAnswers() throws IOException {
		String close = "HTTP/1.1 200 \r\nConnection: close\r\n";
		HeaderCounts counts = new HeaderCounts();
		try (ScriptedServer server = ScriptedServer.start(List.of(close + "Content-Length: 0\r\n\r\n"),
				List.of(close + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				List.of("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n"))) {
			for (int i = 0; i < 3; i++) {
				try (HttpConnection connection = new HttpConnection(server.port(), TIMEOUT)) {
					counts.answered(connection.get("/", TIMEOUT), i > 0);
				}
			}
		}
		counts.unanswered();
		assertThat(counts).hasToString("2 of 3 answers close, 1 of 2 chunked, 1 not 2xx, 1 requests unanswered");
	}

}
