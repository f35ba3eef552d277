/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallFailure;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.DnsResolver;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Each phase has a limit of its own, and who reaches it is told so.
 */
@Tag("B1")
@Tag("B2")
@Tag("B9")
class PhaseTests {

	private static final Duration SLACK = Duration.ofMillis(700);

	@Test
	void aSilentPeerIsLeftAtTheHeaderLimit() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = Bounded.with("holdfast.client.header-timeout=300ms")) {
			assertFails(app, () -> app.client().get().uri(peer.url()).retrieve().toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.HEADERS, Duration.ofMillis(300));
		}
	}

	@Test
	void drippingHeadersAreLeftAtTheHeaderLimit() {
		try (Peer peer = Peer.that((exchange) -> exchange.drip(Peer.OK, 100));
				Bounded app = Bounded.with("holdfast.client.header-timeout=500ms")) {
			assertFails(app, () -> app.client().get().uri(peer.url()).retrieve().toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.HEADERS, Duration.ofMillis(500));
		}
	}

	@Test
	void aSilentBodyIsLeftAtTheIdleLimit() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
			exchange.pause(20_000);
		}); Bounded app = Bounded.with("holdfast.client.idle-timeout=300ms")) {
			assertFails(app, () -> app.client().get().uri(peer.url()).retrieve().body(String.class),
					FailureKind.TIMEOUT, CallPhase.BODY, Duration.ofMillis(300));
		}
	}

	@Test
	void aDrippingBodyIsLeftAtTheLimitOfTheCall() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
			exchange.drip("x".repeat(500), 50);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=600ms")) {
			assertFails(app, () -> app.client().get().uri(peer.url()).retrieve().body(String.class),
					FailureKind.TIMEOUT, CallPhase.BODY, Duration.ofMillis(600));
		}
	}

	@Test
	void aPeerThatReadsNothingIsLeftAtTheWriteLimit() throws IOException {
		try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with("holdfast.client.write-timeout=400ms")) {
			assertFails(app,
					() -> app.client()
						.post()
						.uri("http://127.0.0.1:" + deaf.getLocalPort() + "/")
						.body(new byte[64 << 20])
						.retrieve()
						.toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.WRITE, Duration.ofMillis(400));
		}
	}

	@Test
	void aSilentHandshakeIsLeftAtTheTlsLimit() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with("holdfast.client.tls-timeout=400ms")) {
			assertFails(app,
					() -> app.client()
						.get()
						.uri("https://127.0.0.1:" + silent.getLocalPort() + "/")
						.retrieve()
						.toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.TLS, Duration.ofMillis(400));
		}
	}

	@Test
	void aDrippingHandshakeIsLeftAtTheTlsLimit() throws Exception {
		Duration limit = Duration.ofMillis(400);
		try (ServerSocket dripping = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with("holdfast.client.tls-timeout=400ms")) {
			Thread peer = new Thread(() -> dripRecord(dripping), "tls-drip");
			peer.setDaemon(true);
			peer.start();
			CallFailure failure = assertFails(app,
					() -> app.client()
						.get()
						.uri("https://127.0.0.1:" + dripping.getLocalPort() + "/")
						.retrieve()
						.toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.TLS, limit);
			assertThat(failure.facts().elapsed().get(CallPhase.TLS)).isBetween(limit, limit.plusMillis(250));
			// by itself the record takes 50 s
			peer.join(Duration.ofSeconds(5).toMillis());
			assertThat(peer.isAlive()).as("the connection is still open").isFalse();
		}
	}

	@Test
	void blackHoledAddressesShareTheConnectLimit() throws IOException {
		List<Socket> fillers = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with(List.of(FourAddresses.class), "holdfast.client.connect-timeout=1200ms")) {
			for (int i = 0; i < 4; i++) {
				Socket filler = new Socket();
				fillers.add(filler);
				fill(filler, full);
			}
			assertFails(app,
					() -> app.client()
						.get()
						.uri("http://four.test:" + full.getLocalPort() + "/")
						.retrieve()
						.toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.CONNECT, Duration.ofMillis(1200));
		}
		finally {
			for (Socket filler : fillers) {
				filler.close();
			}
		}
	}

	@Test
	void aSlowLookupIsLeftAtTheDnsLimit() {
		try (Bounded app = Bounded.with(List.of(SlowNames.class), "holdfast.client.dns-timeout=300ms")) {
			assertFails(app, () -> app.client().get().uri("http://slow.test/").retrieve().toBodilessEntity(),
					FailureKind.TIMEOUT, CallPhase.DNS, Duration.ofMillis(300));
		}
	}

	@Test
	void anExhaustedPoolNamesItsHolders() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			arrived.countDown();
			exchange.pause(20_000);
		});
				Bounded app = Bounded.with("holdfast.client.lease-timeout=300ms", "holdfast.client.header-timeout=5s",
						"holdfast.client.max-connections-per-route=1")) {
			Thread holder = new Thread(
					() -> assertThatException()
						.isThrownBy(() -> app.client().get().uri(peer.url()).retrieve().toBodilessEntity()),
					"the-holder");
			holder.start();
			assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
			Throwable thrown = catchThrowable(() -> app.client().get().uri(peer.url()).retrieve().toBodilessEntity());
			CallFailure failure = Bounded.failure(thrown);
			assertThat(failure.kind()).isEqualTo(FailureKind.POOL_EXHAUSTED);
			assertThat(failure.phase()).isEqualTo(CallPhase.LEASE);
			assertThat((Throwable) failure).hasMessageContaining("the-holder")
				.hasMessageContaining("max-connections-per-route")
				.hasMessageContaining("headers");
			app.awaitLeased(1);
			peer.hangUp();
			holder.join(5000);
		}
	}

	@Test
	void aRefusedConnectionIsNamedAndRetryable() throws IOException {
		int port;
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = closed.getLocalPort();
		}
		try (Bounded app = Bounded.with()) {
			CallFailure failure = assertFails(app,
					() -> app.client().get().uri("http://127.0.0.1:" + port + "/").retrieve().toBodilessEntity(),
					FailureKind.REFUSED, CallPhase.CONNECT, Duration.ZERO);
			assertThat(failure.isRetryable()).isTrue();
			assertThat(failure.facts().attempts()).isEqualTo(2);
		}
	}

	@Test
	void aResetAndAnEarlyEndAreToldApart() {
		try (Peer resetting = Peer.that(Peer.Exchange::reset);
				Peer closing = Peer.that((exchange) -> exchange.socket().close());
				Bounded app = Bounded.with("holdfast.client.retry.mode=off")) {
			assertFails(app, () -> app.client().get().uri(resetting.url()).retrieve().toBodilessEntity(),
					FailureKind.RESET, CallPhase.HEADERS, Duration.ZERO);
			assertFails(app, () -> app.client().get().uri(closing.url()).retrieve().toBodilessEntity(),
					FailureKind.CLOSED_BY_PEER, CallPhase.HEADERS, Duration.ZERO);
		}
	}

	@Test
	void anUnknownNameIsADnsFailure() {
		try (Bounded app = Bounded.with(List.of(NoNames.class))) {
			assertFails(app, () -> app.client().get().uri("http://nowhere.test/").retrieve().toBodilessEntity(),
					FailureKind.DNS, CallPhase.DNS, Duration.ZERO);
		}
	}

	@Test
	void inObserveModeALimitIsCountedAndNotEnforced() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(500);
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with("holdfast.client.mode=observe", "holdfast.client.header-timeout=100ms")) {
			assertThat(app.client().get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
			assertThat(app.pool().stats().exceeded()).containsEntry(CallPhase.HEADERS, 1L);
		}
	}

	@Test
	@Tag("A2")
	void aClosedEndlessBodyIsDroppedAfterTheDrainLimit() throws IOException {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (true) {
				exchange.write("1\r\nx\r\n");
				exchange.pause(20);
			}
		}); Bounded app = Bounded.with()) {
			InputStream body = Objects
				.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
			assertThat(body.read()).isEqualTo('x');
			long start = System.nanoTime();
			body.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(200).plus(SLACK));
			app.awaitLeased(0);
			Awaitility.await().until(() -> peer.openConnections() == 0);
		}
	}

	// one record of 16 000 bytes that never ends
	private static void dripRecord(ServerSocket listener) {
		try (Socket socket = listener.accept()) {
			socket.setTcpNoDelay(true);
			// all of the hello: a pause ends with the first byte that waits
			assertThat(socket.getInputStream().read(new byte[16_384])).isPositive();
			new Peer.Exchange("", socket, socket.getOutputStream(), 1).drip("\26\3\3\76\200" + "\2".repeat(1000), 50);
		}
		catch (IOException ex) {
			// the client has gone
		}
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

	private static CallFailure assertFails(Bounded app, ThrowingCallable call, FailureKind kind, CallPhase phase,
			Duration limit) {
		// the first call builds the client
		long start = System.nanoTime();
		Throwable thrown = catchThrowable(call);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		CallFailure failure = Bounded.failure(thrown);
		assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		assertThat(elapsed).isGreaterThanOrEqualTo(limit);
		assertThat(failure.facts().total()).isLessThan(limit.plus(SLACK));
		app.awaitLeased(0);
		return failure;
	}

	/**
	 * A resolver of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FourAddresses {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> fourAddresses() {
			InetAddress loopback = InetAddress.getLoopbackAddress();
			return (builder) -> builder
				.withDnsResolver((Names) (host) -> new InetAddress[] { loopback, loopback, loopback, loopback });
		}

	}

	/**
	 * A resolver that takes its time.
	 */
	@Configuration(proxyBeanMethods = false)
	static class SlowNames {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> slowNames() {
			return (builder) -> builder.withDnsResolver((Names) (host) -> {
				try {
					new CountDownLatch(1).await(10, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				throw new UnknownHostException(host);
			});
		}

	}

	/**
	 * A resolver that knows nobody.
	 */
	@Configuration(proxyBeanMethods = false)
	static class NoNames {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> noNames() {
			return (builder) -> builder.withDnsResolver((Names) (host) -> {
				throw new UnknownHostException(host);
			});
		}

	}

	/**
	 * A resolver as a lambda.
	 */
	interface Names extends DnsResolver {

		@Override
		InetAddress[] resolve(String host) throws UnknownHostException;

		@Override
		default String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
