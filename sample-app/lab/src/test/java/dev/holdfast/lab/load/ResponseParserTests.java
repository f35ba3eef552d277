/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ResponseParserTests {

	private final ResponseParser parser = new ResponseParser();

	@Test
	void readsAResponseByteByByte() throws IOException {
		byte[] bytes = bytes("HTTP/1.1 503 \r\nX-Shed-Reason: queue\r\nContent-Length: 2\r\n\r\nno");
		this.parser.reset();
		for (int i = 0; i < bytes.length - 1; i++) {
			assertThat(this.parser.parse(ByteBuffer.wrap(bytes, i, 1))).isFalse();
		}
		assertThat(this.parser.parse(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isTrue();
		assertThat(this.parser.status()).isEqualTo(503);
		assertThat(this.parser.shedReason()).isEqualTo("queue");
		assertThat(this.parser.mustClose()).isFalse();
	}

	@Test
	void readsChunksWithExtensionsAndTrailers() throws IOException {
		String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		assertThat(parse(head + "a;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\nTrailer: t\r\n\r\n")).isTrue();
	}

	@Test
	void skipsInterimResponses() throws IOException {
		assertThat(parse("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")).isTrue();
		assertThat(this.parser.status()).isEqualTo(204);
	}

	@Test
	void readsUntilTheEndWhenNothingTellsTheLength() throws IOException {
		assertThat(parse("HTTP/1.1 200 OK\r\n\r\nsome")).isFalse();
		assertThat(this.parser.endOfStream()).isTrue();
		assertThat(this.parser.mustClose()).isTrue();
	}

	@Test
	void aCutBodyIsNotComplete() throws IOException {
		assertThat(parse("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome")).isFalse();
		assertThat(this.parser.endOfStream()).isFalse();
	}

	@Test
	void remembersThatTheServerWillClose() throws IOException {
		assertThat(parse("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")).isTrue();
		assertThat(this.parser.mustClose()).isTrue();
	}

	@Test
	void refusesWhatIsNotHttp() {
		assertThatIOException().isThrownBy(() -> parse("SSH-2.0-OpenSSH_9.2\r\n")).withMessageContaining("SSH-2.0");
	}

	private boolean parse(String response) throws IOException {
		this.parser.reset();
		return this.parser.parse(ByteBuffer.wrap(bytes(response)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

}
