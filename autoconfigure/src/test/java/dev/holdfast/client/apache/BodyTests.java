/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallOptions;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is read of a body, and for how long.
 */
@Tag("B2")
class BodyTests {

	private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n";

	@Test
	void aBodyAboveTheLimitIsRefused() {
		try (Peer peer = Peer.answering(ok("x".repeat(2001)));
				Bounded app = Bounded.with("holdfast.client.max-response-body=2000B")) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.RESPONSE_TOO_LARGE);
			assertThat(failure.isRetryable()).isFalse();
			assertThat((Throwable) failure).hasMessageContaining("2000 bytes (holdfast.client.max-response-body)");
			app.awaitLeased(0);
		}
	}

	@Test
	void aBodyAtTheLimitIsNotRefused() {
		try (Peer peer = Peer.answering(ok("x".repeat(2000)));
				Bounded app = Bounded.with("holdfast.client.max-response-body=2000B")) {
			assertThat(app.get(peer.url())).hasSize(2000);
		}
	}

	@Test
	void aLargeErrorKeepsItsStatus() {
		try (Peer peer = Peer.answering("HTTP/1.1 500 Oops\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000));
				Bounded app = Bounded.with()) {
			assertThatExceptionOfType(HttpServerErrorException.InternalServerError.class)
				.isThrownBy(() -> app.get(peer.url()));
			app.awaitLeased(0);
		}
	}

	@Test
	void anEndlessErrorKeepsItsStatus() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (true) {
				exchange.write("1000\r\n" + "x".repeat(4096) + "\r\n");
			}
		}); Bounded app = Bounded.with()) {
			assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> app.get(peer.url()));
			app.awaitLeased(0);
		}
	}

	@Test
	void aCompressedBodyIsReadAsAlways() {
		try (Peer peer = Peer.answering(gzip("holdfast ".repeat(1000).getBytes(StandardCharsets.US_ASCII)));
				Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).hasSize(9000);
			assertThat(app.get(peer.url())).hasSize(9000);
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	void aBodyThatInflatesWithoutMeasureIsRefused() {
		try (Peer peer = Peer.answering(gzip(new byte[60 << 20])); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(
					() -> app.client().post().uri(peer.url()).body(new byte[1 << 20]).retrieve().body(byte[].class));
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.RESPONSE_TOO_LARGE);
			assertThat((Throwable) Bounded.failure(thrown)).hasMessageContaining("holdfast.client.max-inflation");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream", "TEXT/Event-Stream;charset=utf-8", "application/x-ndjson" })
	void anEventStreamRunsPastTheLimitOfTheCall(String type) {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write(STREAM.formatted(type));
			for (int i = 0; i < 20; i++) {
				exchange.write("1\r\nx\r\n");
				exchange.pause(50);
			}
			exchange.write("0\r\n\r\n");
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=300ms")) {
			assertThat(app.get(peer.url())).hasSize(20);
		}
	}

	@Test
	void anEventStreamThatFallsSilentIsLeftAtTheIdleLimit() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write(STREAM.formatted("text/event-stream") + "1\r\nx\r\n");
			exchange.pause(20_000);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=100ms", "holdfast.client.idle-timeout=400ms")) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
			assertThat((Throwable) failure).hasMessageContaining("idle-timeout");
		}
	}

	@Test
	void aCallMayHaveALimitOfItsOwn() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000)); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(Duration.ofMillis(300)))
				.retrieve()
				.toBodilessEntity());
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(Bounded.failure(thrown).facts().total()).isLessThan(Duration.ofSeconds(1));
		}
	}

	@Test
	void anEventStreamIsCutAtALimitOfItsOwn() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write(STREAM.formatted("text/event-stream"));
			exchange.drip("1\r\nx\r\n".repeat(100), 20);
		}); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(Duration.ofMillis(300)))
				.retrieve()
				.body(String.class));
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.TIMEOUT);
		}
	}

	@Test
	void theLimitOfACallReachesThroughAnInterceptor() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000)); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.bean(RestClient.Builder.class)
				.requestInterceptor((request, body, execution) -> execution.execute(request, body))
				.build()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(Duration.ofMillis(300)))
				.retrieve()
				.toBodilessEntity());
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.TIMEOUT);
		}
	}

	@Test
	void aStreamingCallHasNoLimitForTheWhole() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
			exchange.drip("x".repeat(20), 40);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=300ms")) {
			String body = app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.streaming())
				.retrieve()
				.body(String.class);
			assertThat(body).hasSize(20);
		}
	}

	@Test
	void aStreamingCallThatFallsSilentIsLeftAtTheIdleLimit() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nx");
			exchange.pause(20_000);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=100ms", "holdfast.client.idle-timeout=400ms")) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.streaming())
				.retrieve()
				.body(String.class)));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
			assertThat((Throwable) failure).hasMessageContaining("idle-timeout");
			app.awaitLeased(0);
		}
	}

	@Test
	void aBodyThatWasCutOffDoesNotLookLikeAWholeOne() throws IOException {
		try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx");
				Bounded app = Bounded.with("holdfast.client.idle-timeout=200ms")) {
			InputStream body = stream(app, peer);
			assertThat(body.readNBytes(3)).hasSize(3);
			assertThatIOException().isThrownBy(body::read);
			assertThatIOException().isThrownBy(body::read);
			body.close();
			app.awaitLeased(0);
		}
	}

	@Test
	void aBodyThatWasReadStaysAtItsEnd() throws IOException {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			InputStream body = stream(app, peer);
			assertThat(body.readAllBytes()).hasSize(2);
			assertThat(body.read()).isEqualTo(-1);
			app.awaitLeased(0);
			assertThat(app.calls()).isEmpty();
		}
	}

	@Test
	void aForgottenBodyIsCutAndForgotten() {
		try (Peer peer = Peer.that((exchange) -> exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx"));
				Bounded app = Bounded.with("holdfast.client.call-timeout=300ms")) {
			InputStream body = stream(app, peer);
			Awaitility.await().untilAsserted(() -> assertThat(app.calls()).isEmpty());
			app.awaitLeased(0);
			CallFailure failure = Bounded.failure(catchThrowable(body::readAllBytes));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
		}
	}

	@Test
	@Tag("A2")
	void aSmallRestIsReadOnCloseAndTheConnectionKept() throws IOException {
		try (Peer peer = Peer.answering(ok("x".repeat(60_000))); Bounded app = Bounded.with()) {
			for (int i = 0; i < 5; i++) {
				InputStream body = stream(app, peer);
				assertThat(body.read()).isEqualTo('x');
				body.close();
				assertThatIOException().isThrownBy(body::read);
			}
			assertThat(peer.connections()).isOne();
		}
	}

	private static InputStream stream(Bounded app, Peer peer) {
		return Objects.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
	}

	private static String ok(String body) {
		return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	private static String gzip(byte[] content) {
		try {
			ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
				out.write(content);
			}
			return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + compressed.size() + "\r\n\r\n"
					+ compressed.toString(StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
