/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What takes its time and is not to be ended, on every server.
 */
@Tag("A7")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
abstract class AbstractPatientRoutesTests {

	private static final String LOGIN = "/login/oauth2/code/demo?code=1";

	private static final String TOKEN = "/demo/token?code=1";

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Outcomes outcomes;

	@ParameterizedTest
	@ValueSource(ints = { 1, 3_000_000 })
	void downloadHasItsLengthAndItsChecksum(int bytes) throws Exception {
		Outcome before = outcome(DemoRoute.DOWNLOAD);
		HttpResponse<byte[]> response = this.client.send(request("/demo/download?bytes=" + bytes).build(),
				HttpResponse.BodyHandlers.ofByteArray());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(bytes);
		assertThat(response.body()).hasSize(bytes);
		CRC32 checksum = new CRC32();
		checksum.update(response.body());
		assertThat(response.headers().firstValue("ETag"))
			.hasValue("\"crc32-" + Long.toHexString(checksum.getValue()) + "\"");
		assertEnded(DemoRoute.DOWNLOAD, before, 1, 0);
	}

	@Test
	void exportWritesItsRowsAfterASilence() throws Exception {
		Outcome before = outcome(DemoRoute.EXPORT);
		long start = System.nanoTime();
		HttpResponse<String> response = get("/demo/export?seconds=1");
		assertThat(System.nanoTime() - start).isGreaterThan(2_900_000_000L);
		assertThat(response.statusCode()).isEqualTo(200);
		List<String> rows = IntStream.rangeClosed(1, ExportController.ROWS_PER_SECOND)
			.mapToObj((row) -> "row," + row)
			.toList();
		assertThat(response.body().lines()).containsExactlyElementsOf(rows);
		assertEnded(DemoRoute.EXPORT, before, 1, 0);
	}

	@ParameterizedTest
	@CsvSource({ "download?bytes=, bytes, 4294967296", "export?seconds=, seconds, 600" })
	void impossibleSizeIsTheCallersMistake(String path, String parameter, String most) throws Exception {
		for (String value : List.of("0", "-1", "99999999999999999999", "all")) {
			HttpResponse<String> response = get("/demo/" + path + value);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body())
				.contains("Parameter '" + parameter + "' must be a whole number from 1 to " + most);
		}
	}

	@Test
	void mailIsSentAfterTheAnswer() throws Exception {
		Outcome before = outcome(DemoRoute.MAIL);
		HttpResponse<String> response = this.client.send(
				request("/demo/mail").POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(outcome(DemoRoute.MAIL).running()).isEqualTo(before.running() + 1);
		assertEnded(DemoRoute.MAIL, before, 1, 0);
	}

	@ParameterizedTest
	@CsvSource({ "LOGIN, " + LOGIN, "TOKEN, " + TOKEN })
	void codeIsExchangedForWhoeverWaits(DemoRoute route, String path) throws Exception {
		Outcome before = outcome(route);
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("exchanged");
		assertEnded(route, before, 1, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/oauth2/code/demo", "/demo/token" })
	void withoutACodeThereIsNoExchange(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "LOGIN, " + LOGIN + ", 1, 0", "TOKEN, " + TOKEN + ", 0, 1" })
	void onlySignInGoesOnWhenItsBrowserLeaves(DemoRoute route, String path, int completed, int cancelled)
			throws IOException {
		for (boolean reset : List.of(false, true)) {
			Outcome before = outcome(route);
			try (Socket browser = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
				browser.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
				await().until(() -> outcome(route).running() == before.running() + 1);
				browser.setSoLinger(reset, 0);
			}
			assertEnded(route, before, completed, cancelled);
		}
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private void assertEnded(DemoRoute route, Outcome before, int completed, int cancelled) {
		await().untilAsserted(() -> assertThat(outcome(route)).isEqualTo(new Outcome(before.started() + 1,
				before.completed() + completed, before.cancelled() + cancelled, before.failed(), before.running())));
	}

	private Outcome outcome(DemoRoute route) {
		return Objects.requireNonNull(this.outcomes.snapshot().get(route.id()));
	}

}
