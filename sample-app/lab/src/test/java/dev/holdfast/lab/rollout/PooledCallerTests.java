/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PooledCallerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final String GOOD = "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok";

	private static final String LAST = "HTTP/1.1 200 \r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

	private final PooledCaller caller = new PooledCaller();

	@Test
	void sendsAgainWhatAKeptConnectionWasClosedOn() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(GOOD, ""), List.of(GOOD))) {
			assertThat(get(server)).isEqualTo(200);
			assertThat(get(server)).isEqualTo(200);
			assertThat(server.requests).hasValue(3);
		}
	}

	@Test
	void sendsNothingAgainThatHasHadAByteOfAnAnswer() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(GOOD, "H"), List.of(GOOD))) {
			assertThat(get(server)).isEqualTo(200);
			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> get(server));
			assertThat(server.requests).hasValue(2);
		}
	}

	@Test
	void sendsNothingAgainOnANewConnection() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(""), List.of(GOOD))) {
			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> get(server));
			assertThat(server.requests).hasValue(1);
		}
	}

	@Test
	void sendsNothingAThirdTime() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(GOOD, ""), List.of(""), List.of(GOOD))) {
			assertThat(get(server)).isEqualTo(200);
			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> get(server));
			assertThat(server.requests).hasValue(3);
		}
	}

	@Test
	void leavesAConnectionWhenItIsTold() throws IOException {
		try (ScriptedServer server = ScriptedServer.start(List.of(LAST, GOOD), List.of(GOOD))) {
			assertThat(get(server)).isEqualTo(200);
			assertThat(get(server)).isEqualTo(200);
			assertThat(server.requests).hasValue(2);
		}
	}

	private int get(ScriptedServer server) throws IOException {
		return this.caller.get(server.port(), "/", TIMEOUT);
	}

}
