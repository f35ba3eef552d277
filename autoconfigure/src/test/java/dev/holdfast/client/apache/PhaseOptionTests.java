/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallOptions;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A limit of one phase, for one call or for all calls of one {@code RestClient}. The
 * limits of the client itself are those of the profile: seconds and minutes.
 */
@Tag("B2")
class PhaseOptionTests {

	private static final Duration LIMIT = Duration.ofMillis(300);

	private static final Duration SLACK = Duration.ofMillis(700);

	@Test
	void oneCallWaitsForItsHeadersAsLongAsItWasGiven() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000)); Bounded app = Bounded.with()) {
			assertFails(app, CallPhase.HEADERS,
					() -> with(app, CallPhase.HEADERS).uri(peer.url()).retrieve().toBodilessEntity());
		}
	}

	@Test
	void oneCallWaitsForItsBodyAsLongAsItWasGiven() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
			exchange.pause(20_000);
		}); Bounded app = Bounded.with()) {
			assertFails(app, CallPhase.BODY,
					() -> with(app, CallPhase.BODY).uri(peer.url()).retrieve().body(String.class));
		}
	}

	@Test
	void oneCallConnectsForAsLongAsItWasGiven() throws IOException {
		List<Socket> fillers = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			for (int i = 0; i < 4; i++) {
				Socket filler = new Socket();
				fillers.add(filler);
				fill(filler, full);
			}
			assertFails(app, CallPhase.CONNECT,
					() -> with(app, CallPhase.CONNECT).uri("http://127.0.0.1:" + full.getLocalPort() + "/")
						.retrieve()
						.toBodilessEntity());
		}
		finally {
			for (Socket filler : fillers) {
				filler.close();
			}
		}
	}

	@Test
	void oneCallShakesHandsForAsLongAsItWasGiven() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			assertFails(app, CallPhase.TLS,
					() -> with(app, CallPhase.TLS).uri("https://127.0.0.1:" + silent.getLocalPort() + "/")
						.retrieve()
						.toBodilessEntity());
		}
	}

	@Test
	void oneCallSendsForAsLongAsItWasGiven() throws IOException {
		try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			assertFails(app, CallPhase.WRITE,
					() -> app.client()
						.post()
						.uri("http://127.0.0.1:" + deaf.getLocalPort() + "/")
						.attributes(CallOptions.timeout(CallPhase.WRITE, LIMIT))
						.body(new byte[64 << 20])
						.retrieve()
						.toBodilessEntity());
		}
	}

	@Test
	void oneCallLooksANameUpForAsLongAsItWasGiven() {
		try (Bounded app = Bounded.with(List.of(PhaseTests.SlowNames.class))) {
			assertFails(app, CallPhase.DNS,
					() -> with(app, CallPhase.DNS).uri("http://slow.test/").retrieve().toBodilessEntity());
		}
	}

	@Test
	void oneCallWaitsForAConnectionAsLongAsItWasGiven() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			arrived.countDown();
			exchange.pause(20_000);
		}); Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			Thread holder = new Thread(() -> assertThatException().isThrownBy(() -> app.get(peer.url())));
			holder.start();
			assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
			long start = System.nanoTime();
			Throwable thrown = catchThrowable(
					() -> with(app, CallPhase.LEASE).uri(peer.url()).retrieve().toBodilessEntity());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LIMIT, LIMIT.plus(SLACK));
			CallFailure failure = Bounded.failure(thrown);
			assertThat(failure.kind()).isEqualTo(FailureKind.POOL_EXHAUSTED);
			assertThat((Throwable) failure).hasMessageContaining("within 300 ms (CallOptions.timeout(CallPhase.LEASE");
			peer.hangUp();
			holder.join(5000);
		}
	}

	@Test
	void aLimitOfACallMayBeLongerThanThatOfTheClient() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(400);
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
			exchange.pause(400);
			exchange.write("k");
		}); Bounded app = Bounded.with("holdfast.client.header-timeout=100ms", "holdfast.client.idle-timeout=100ms")) {
			assertThat(app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofSeconds(10)))
				.attributes(CallOptions.timeout(CallPhase.BODY, Duration.ofSeconds(10)))
				.retrieve()
				.body(String.class)).isEqualTo("ok");
			Throwable thrown = catchThrowable(() -> app.get(peer.url()));
			assertThat((Throwable) Bounded.failure(thrown)).as("the next call has that of the client")
				.hasMessageContaining("within 100 ms (holdfast.client.header-timeout)");
		}
	}

	@Test
	void aLimitOfACallGoesBeforeTheReadTimeoutOfItsFactory() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(400);
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.customized(PhaseOptionTests::impatient)) {
			assertThat(app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofSeconds(10)))
				.retrieve()
				.body(String.class)).isEqualTo("ok");
			Throwable thrown = catchThrowable(() -> app.get(peer.url()));
			assertThat((Throwable) Bounded.failure(thrown)).hasMessageContaining("within 100 ms (the responseTimeout");
		}
	}

	@Test
	void aLimitOfARestClientIsThatOfAllItsCallsAndTheirsGoBeforeIt() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(400);
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with()) {
			RestClient client = app.bean(RestClient.Builder.class)
				.defaultRequest(
						(request) -> request.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofMillis(100))))
				.build();
			for (int call = 0; call < 2; call++) {
				Throwable thrown = catchThrowable(() -> client.get().uri(peer.url()).retrieve().toBodilessEntity());
				assertThat(Bounded.failure(thrown).phase()).isEqualTo(CallPhase.HEADERS);
			}
			assertThat(client.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofSeconds(10)))
				.retrieve()
				.body(String.class)).isEqualTo("ok");
		}
	}

	@Test
	void aLimitOfAPhaseAndOneOfTheCallBothHold() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
			exchange.drip("x".repeat(500), 50);
		}); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(Duration.ofMillis(600)))
				.attributes(CallOptions.timeout(CallPhase.BODY, Duration.ofSeconds(10)))
				.retrieve()
				.body(String.class));
			assertThat((Throwable) Bounded.failure(thrown))
				.hasMessageContaining("did not end within 600 ms (CallOptions.timeout(...))");
		}
	}

	@Test
	void anEventStreamKeepsTheLimitOfAPhaseAndLosesThatOfTheClientsCalls() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 20\r\n\r\n");
			exchange.drip("x".repeat(15), 100);
			exchange.pause(20_000);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=1s")) {
			Throwable thrown = catchThrowable(
					() -> with(app, CallPhase.BODY).uri(peer.url()).retrieve().body(String.class));
			CallFailure failure = Bounded.failure(thrown);
			assertThat((Throwable) failure).hasMessageContaining("nothing of the body for 300 ms (CallOptions");
			assertThat(failure.facts().total()).isGreaterThan(Duration.ofMillis(1500));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BACKOFF")
	void observedCallsAreNotCutAtTheirOwnLimits(CallPhase phase) {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(100);
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
			exchange.pause(100);
			exchange.write("k");
		}); Bounded app = Bounded.with("holdfast.client.mode=observe")) {
			assertThat(app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(phase, Duration.ofMillis(1)))
				.retrieve()
				.body(String.class)).isEqualTo("ok");
			if (phase == CallPhase.HEADERS || phase == CallPhase.BODY) {
				assertThat(app.pool().stats().exceeded()).containsEntry(phase, 1L);
			}
		}
	}

	private static RestClient.RequestHeadersUriSpec<?> with(Bounded app, CallPhase phase) {
		RestClient.RequestHeadersUriSpec<?> request = app.client().get();
		request.attributes(CallOptions.timeout(phase, LIMIT));
		return request;
	}

	private static HttpComponentsClientHttpRequestFactoryBuilder impatient(
			HttpComponentsClientHttpRequestFactoryBuilder builder) {
		return builder.withCustomizer((HttpComponentsClientHttpRequestFactory factory) -> factory.setReadTimeout(100));
	}

	// the first one or two fit into the queue, the others hang there
	private static void fill(Socket filler, ServerSocket full) throws IOException {
		try {
			filler.connect(full.getLocalSocketAddress(), 100);
		}
		catch (SocketTimeoutException ex) {
			// full now
		}
	}

	private static void assertFails(Bounded app, CallPhase phase, ThrowingCallable call) {
		long start = System.nanoTime();
		Throwable thrown = catchThrowable(call);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		CallFailure failure = Bounded.failure(thrown);
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.TIMEOUT);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		assertThat((Throwable) failure).hasMessageContaining("(CallOptions.timeout(CallPhase." + phase.name());
		assertThat(elapsed).isGreaterThanOrEqualTo(LIMIT);
		assertThat(failure.facts().total()).isLessThan(LIMIT.plus(SLACK));
		app.awaitLeased(0);
	}

}
