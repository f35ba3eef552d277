/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class MisbehavingUpstreamTests {

	private final MisbehavingUpstream upstream = new MisbehavingUpstream(new UpstreamProperties(0));

	@BeforeEach
	void start() {
		this.upstream.start();
	}

	@AfterEach
	void stop() {
		this.upstream.stop();
	}

	@Test
	void okAnswersAndKeepsTheConnection() throws IOException {
		try (Call call = call(UpstreamScenario.OK)) {
			assertThat(call.head()).startsWith("HTTP/1.1 200 OK\n").contains("\nContent-Length: 8\n");
			assertThat(call.read(8)).isEqualTo("in stock");
			call.send(UpstreamScenario.OK);
			assertThat(call.head()).startsWith("HTTP/1.1 200 OK\n");
		}
	}

	@Test
	void slowAnswerComesInTwoParts() throws IOException {
		try (Call call = call(UpstreamScenario.SLOW_OK)) {
			long start = System.nanoTime();
			assertThat(call.head()).startsWith("HTTP/1.1 200 OK\n").contains("\nContent-Length: 8\n");
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(900).toNanos());
			assertThat(call.read(8)).isEqualTo("in stock");
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(1_900).toNanos());
		}
	}

	@Test
	void unavailableSaysWhenToComeBack() throws IOException {
		try (Call call = call(UpstreamScenario.UNAVAILABLE)) {
			assertThat(call.head()).startsWith("HTTP/1.1 503 Service Unavailable\n").contains("\nRetry-After: 30\n");
			assertThat(call.read(22)).isEqualTo("closed for stocktaking");
		}
	}

	@Test
	void redirectPointsToTheMetadataOfTheMachine() throws IOException {
		try (Call call = call(UpstreamScenario.REDIRECT_METADATA)) {
			assertThat(call.head()).startsWith("HTTP/1.1 302 Found\n")
				.contains("\nLocation: http://169.254.169.254/latest/meta-data/\n");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SILENT", "SLOW_HEADERS" })
	void nothingComesFromSilentAndSlow(UpstreamScenario scenario) throws IOException {
		try (Call call = call(scenario)) {
			call.waitAtMost(Duration.ofMillis(400));
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> call.read(1));
		}
	}

	@Test
	void headersDrip() throws IOException {
		try (Call call = call(UpstreamScenario.DRIP_HEADERS)) {
			long start = System.nanoTime();
			assertThat(call.read(4)).isEqualTo("HTTP");
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(250).toNanos());
		}
	}

	@Test
	void bodyDripsAfterItsHeaders() throws IOException {
		try (Call call = call(UpstreamScenario.DRIP_BODY)) {
			assertThat(call.head()).contains("\nContent-Length: 3000\n");
			long start = System.nanoTime();
			assertThat(call.read(4)).isEqualTo("xxxx");
			assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(150).toNanos());
		}
	}

	@Test
	void endlessGoesOn() throws IOException {
		try (Call call = call(UpstreamScenario.ENDLESS)) {
			assertThat(call.head()).contains("\nTransfer-Encoding: chunked\n").doesNotContain("Content-Length");
			for (int chunk = 0; chunk < 30; chunk++) {
				assertThat(call.read(6 + 8_192 + 2)).startsWith("2000\r\nx").endsWith("x\r\n");
			}
		}
	}

	@Test
	void resetCutsTheBody() throws IOException {
		try (Call call = call(UpstreamScenario.RESET)) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				call.head();
				call.read(3_000);
			}).withMessageContaining("reset");
		}
	}

	@Test
	void unknownScenarioIsNotFound() throws IOException {
		try (Call call = new Call(this.upstream)) {
			call.send("/perfect");
			assertThat(call.head()).startsWith("HTTP/1.1 404 Not Found\n");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SLOW_OK", "SILENT", "SLOW_HEADERS", "DRIP_HEADERS", "DRIP_BODY", "ENDLESS" })
	void callerWhoLeavesIsForgotten(UpstreamScenario scenario) throws IOException {
		try (Call call = call(scenario)) {
			await().untilAsserted(() -> assertThat(this.upstream.connections()).isEqualTo(1));
			call.leave();
			await().untilAsserted(() -> assertThat(this.upstream.connections()).isZero());
		}
	}

	@Test
	void stopEndsWhatWouldTakeMinutes() throws IOException {
		try (Call call = call(UpstreamScenario.SILENT)) {
			await().untilAsserted(() -> assertThat(this.upstream.connections()).isEqualTo(1));
			this.upstream.stop();
			assertThat(call.read(1)).isEmpty();
		}
	}

	private Call call(UpstreamScenario scenario) throws IOException {
		Call call = new Call(this.upstream);
		call.send(scenario);
		return call;
	}

	/**
	 * A caller that sees every byte.
	 */
	private static final class Call implements AutoCloseable {

		private final Socket socket;

		private final Reader in;

		Call(MisbehavingUpstream upstream) throws IOException {
			URI address = URI.create(upstream.baseUrl());
			this.socket = new Socket(address.getHost(), address.getPort());
			this.in = new BufferedReader(
					new InputStreamReader(this.socket.getInputStream(), StandardCharsets.ISO_8859_1));
			waitAtMost(Duration.ofSeconds(10));
		}

		void waitAtMost(Duration limit) throws IOException {
			this.socket.setSoTimeout((int) limit.toMillis());
		}

		void send(UpstreamScenario scenario) throws IOException {
			send("/" + scenario.id());
		}

		void send(String path) throws IOException {
			String request = "GET " + path + " HTTP/1.1\r\nHost: upstream\r\n\r\n";
			this.socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		}

		String head() throws IOException {
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				String next = read(1);
				assertThat(next).describedAs("after '%s'", head).isNotEmpty();
				head.append(next);
			}
			return head.toString().replace("\r\n", "\n");
		}

		/**
		 * Reads so many bytes, or fewer at the end of the connection.
		 */
		String read(int length) throws IOException {
			StringBuilder text = new StringBuilder();
			for (int next = this.in.read(); next >= 0; next = this.in.read()) {
				text.append((char) next);
				if (text.length() == length) {
					break;
				}
			}
			return text.toString();
		}

		void leave() throws IOException {
			this.socket.close();
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
