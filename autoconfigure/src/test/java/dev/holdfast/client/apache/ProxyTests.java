/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.Pool;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import io.micrometer.core.instrument.FunctionTimer;
import org.apache.hc.core5.http.HttpHost;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A peer with TLS behind a proxy: the way to it is bounded as well, phase by phase.
 */
@Tag("B2")
@Tag("B5")
class ProxyTests {

	private static final Duration LATE = Duration.ofMillis(250);

	private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

	/** A TLS record of 16 000 bytes that lacks some. */
	private static final String RECORD = "\26\3\3\76\200" + "\2".repeat(15_000);

	private static Certificate certificate;

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = Certificate.in(folder);
	}

	@Test
	void callsShareATunnel() throws Exception {
		try (Peer peer = Peer.answering(certificate.listener(), Peer.OK);
				Peer proxy = Peer.that(ProxyTests::relay);
				Bounded app = behind(proxy)) {
			RestClient client = app.client();
			for (int i = 0; i < 3; i++) {
				assertThat(client.get().uri(secure(peer)).retrieve().body(String.class)).isEqualTo("ok");
			}
			assertThat(proxy.requests()).singleElement()
				.asString()
				.startsWith("CONNECT 127.0.0.1:" + peer.port() + " HTTP/1.1\r\n");
			assertThat(peer.requests()).hasSize(3).allMatch((request) -> request.startsWith("GET / HTTP/1.1\r\n"));
			assertThat(peer.connections()).isOne();
			assertThat(app.pool().connectionsByTarget()).containsExactly(Map.entry("https://127.0.0.1:" + peer.port(),
					new Pool.Connections(0, 1, 0, app.pool().max().perRoute())));
			assertThat(app.meters()
				.get("holdfast.client.tls.handshake")
				.functionTimers()
				.stream()
				.mapToDouble(FunctionTimer::count)
				.sum()).isOne();
		}
	}

	@Test
	void aSilentHandshakeBehindAProxyIsLeftAtTheTlsLimit() {
		try (Peer proxy = Peer.answering(ESTABLISHED);
				Bounded app = behind(proxy, "holdfast.client.tls-timeout=400ms")) {
			assertIsLeft(app, proxy, CallPhase.TLS, Duration.ofMillis(400));
		}
	}

	@Test
	void aDrippingHandshakeBehindAProxyIsLeftAtTheTlsLimit() {
		try (Peer proxy = Peer.that((exchange) -> {
			exchange.write(ESTABLISHED);
			// nobody speaks before the client
			exchange.pause(5000);
			exchange.drip(RECORD, 50);
		}); Bounded app = behind(proxy, "holdfast.client.tls-timeout=400ms")) {
			assertIsLeft(app, proxy, CallPhase.TLS, Duration.ofMillis(400));
		}
	}

	@Test
	void aProxyThatNeverAnswersIsLeftAtTheHeaderLimit() {
		try (Peer proxy = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = behind(proxy, "holdfast.client.header-timeout=400ms")) {
			assertIsLeft(app, proxy, CallPhase.HEADERS, Duration.ofMillis(400));
		}
	}

	@Test
	void aProxyWhoseAnswerDripsIsLeftAtTheHeaderLimit() {
		try (Peer proxy = Peer.that((exchange) -> exchange.drip(ESTABLISHED, 50));
				Bounded app = behind(proxy, "holdfast.client.header-timeout=400ms")) {
			assertIsLeft(app, proxy, CallPhase.HEADERS, Duration.ofMillis(400));
		}
	}

	@Test
	void aProxyThatIsNotThereIsARefusedConnection() {
		Peer proxy = Peer.answering(ESTABLISHED);
		proxy.hangUp();
		try (Bounded app = behind(proxy)) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get("https://127.0.0.1:1/")));
			assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
			assertThat(failure.phase()).isEqualTo(CallPhase.CONNECT);
			app.awaitLeased(0);
		}
	}

	@Test
	void aProxyThatRefusesTheTunnelIsAnAnswer() {
		try (Peer proxy = Peer.answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"); Bounded app = behind(proxy)) {
			RestClientResponseException thrown = catchThrowableOfType(RestClientResponseException.class,
					() -> app.get("https://127.0.0.1:1/"));
			assertThat(thrown.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
			app.awaitLeased(0);
		}
	}

	private static void assertIsLeft(Bounded app, Peer proxy, CallPhase phase, Duration limit) {
		CallFailure failure = Bounded.failure(catchThrowable(() -> app.get("https://127.0.0.1:1/")));
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.TIMEOUT);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		assertThat(failure.facts().elapsed().get(phase)).isBetween(limit, limit.plus(LATE));
		assertThat(failure.facts().attempts()).isOne();
		app.awaitLeased(0);
		assertThat(app.closed()).containsExactly(Map.entry("aborted", 1L));
		Awaitility.await().until(() -> proxy.openConnections() == 0);
	}

	private static String secure(Peer peer) {
		return peer.url().replace("http:", "https:");
	}

	private static Bounded behind(Peer proxy, String... properties) {
		return Bounded.customized(
				(builder) -> builder.withHttpClientCustomizer(
						(client) -> client.setProxy(new HttpHost("http", "127.0.0.1", proxy.port()))),
				certificate.trusted(properties));
	}

	// the client says nothing between CONNECT and the answer to it
	private static void relay(Peer.Exchange exchange) throws IOException {
		String port = exchange.request().replaceFirst("(?s)CONNECT 127\\.0\\.0\\.1:([0-9]+) .*", "$1");
		try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
			exchange.write(ESTABLISHED);
			Thread back = new Thread(() -> {
				try (Socket client = exchange.socket()) {
					upstream.getInputStream().transferTo(client.getOutputStream());
				}
				catch (IOException ex) {
					// one of the two has gone
				}
			}, "proxy-back");
			back.setDaemon(true);
			back.start();
			exchange.socket().getInputStream().transferTo(upstream.getOutputStream());
		}
	}

}
