/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.util.zip.CRC32;

import com.sun.net.httpserver.HttpHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DownloadTests {

	private static final byte[] CONTENT = new byte[200_000];

	private static final long FAST = 1_000_000_000;

	@Test
	void contentWithItsChecksumIsWhole() {
		Download download = download(FAST, serve(CONTENT.length, checksum()));
		assertThat(download.isWhole()).isTrue();
		assertThat(download.trouble()).isEmpty();
		assertThat(download).hasToString("200000 of 200000 bytes, checksum " + checksum());
	}

	@Test
	void isReadAsSlowlyAsWanted() {
		Download download = download(400_000, serve(CONTENT.length, checksum()));
		assertThat(download.isWhole()).isTrue();
		assertThat(download.seconds()).isBetween(0.5, 10.0);
	}

	@Test
	void contentWithAnotherChecksumIsNotWhole() {
		Download download = download(FAST, serve(CONTENT.length, "1234"));
		assertThat(download.isWhole()).isFalse();
		assertThat(download).hasToString("200000 of 200000 bytes, checksum " + checksum() + " for 1234");
	}

	@Test
	void contentWithoutAChecksumIsNotWhole() {
		assertThat(download(FAST, (exchange) -> {
			exchange.sendResponseHeaders(200, CONTENT.length);
			exchange.getResponseBody().write(CONTENT);
		}).isWhole()).isFalse();
	}

	@Test
	void contentThatIsCutIsNotWhole() {
		Download download = download(FAST, serve(CONTENT.length / 2, checksum()));
		assertThat(download.isWhole()).isFalse();
		assertThat(download.came()).isLessThan(CONTENT.length);
		assertThat(download.trouble()).isNotEmpty();
		assertThat(download.toString()).endsWith(download.trouble());
	}

	@Test
	void serverThatIsNotThereIsTrouble() {
		int port;
		try (ShopServer server = new ShopServer("/", serve(1, ""))) {
			port = server.port();
		}
		assertThat(Download.read(port, 10, FAST).trouble()).contains("ConnectException");
	}

	/** As much as is said belongs to the content, as much as is written comes. */
	private static HttpHandler serve(int written, String checksum) {
		return (exchange) -> {
			assertThat(exchange.getRequestURI().getQuery()).isEqualTo("bytes=" + CONTENT.length);
			exchange.getResponseHeaders().add("ETag", "\"crc32-" + checksum + "\"");
			exchange.sendResponseHeaders(200, CONTENT.length);
			exchange.getResponseBody().write(CONTENT, 0, written);
		};
	}

	private static Download download(long bytesPerSecond, HttpHandler handler) {
		try (ShopServer server = new ShopServer("/demo/download", handler)) {
			return Download.read(server.port(), CONTENT.length, bytesPerSecond);
		}
	}

	private static String checksum() {
		CRC32 checksum = new CRC32();
		checksum.update(CONTENT);
		return Long.toHexString(checksum.getValue());
	}

}
