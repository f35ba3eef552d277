/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class CallerTests {

	private ServerSocket server;

	@BeforeEach
	void listen() throws IOException {
		this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void whoLeavesSendsFin() throws IOException {
		try (Caller caller = connect(); Socket connection = accept()) {
			caller.ask("GET", "/path");
			caller.leave();
			assertThat(text(connection)).startsWith("GET /path HTTP/1.1\r\nHost: 127.0.0.1:")
				.endsWith("\r\n\r\n")
				.doesNotContain("Content-Length");
		}
	}

	@Test
	void whoVanishesSendsReset() throws IOException {
		try (Caller caller = connect(); Socket connection = accept()) {
			caller.vanish();
			assertThatIOException().isThrownBy(() -> text(connection)).withMessageContaining("reset");
		}
	}

	@Test
	void postSaysThatItHasNoBody() throws IOException {
		try (Caller caller = connect(); Socket connection = accept()) {
			caller.ask("POST", "/path");
			caller.leave();
			assertThat(text(connection)).startsWith("POST /path HTTP/1.1\r\n")
				.endsWith("\r\nContent-Length: 0\r\n\r\n");
		}
	}

	@Test
	void headIsReadAndNoByteOfTheBody() throws IOException {
		try (Caller caller = connect(); Socket connection = accept()) {
			send(connection, "HTTP/1.1 200 OK\r\nX: y\r\n\r\nbody");
			assertThat(caller.head()).isEqualTo("HTTP/1.1 200 OK\r\nX: y\r\n\r\n");
			assertThat(caller.body().readNBytes(4)).isEqualTo("body".getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Test
	void headThatEndsEarlyIsAnError() throws IOException {
		try (Caller caller = connect(); Socket connection = accept()) {
			send(connection, "HTTP/1.1 200");
			connection.shutdownOutput();
			assertThatIOException().isThrownBy(caller::head).withMessageContaining("HTTP/1.1 200");
		}
	}

	private Caller connect() throws IOException {
		return Caller.connect(this.server.getLocalPort());
	}

	private Socket accept() throws IOException {
		Socket connection = this.server.accept();
		connection.setSoTimeout(10_000);
		return connection;
	}

	private static void send(Socket connection, String text) throws IOException {
		connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String text(Socket connection) throws IOException {
		return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
	}

}
