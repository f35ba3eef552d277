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
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallOptions;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A call ends with the work that it is made for.
 */
@Tag("B7")
class LifetimeTests {

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());

	@ParameterizedTest
	@EnumSource
	void nothingStartsForWorkThatHasEnded(EndReason reason) {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.client();
			this.lifetime.end(reason);
			CallFailure failure = failure(this.lifetime, () -> app.get(peer.url()));
			assertThat(failure.kind())
				.isEqualTo((reason == EndReason.DEADLINE) ? FailureKind.TIMEOUT : FailureKind.CANCELLED);
			assertThat(peer.connections()).isZero();
			app.awaitLeased(0);
		}
	}

	@Test
	void aWaitForHeadersEndsAtOnce() throws Exception {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000)); Bounded app = Bounded.with()) {
			assertIsCancelled(app, peer.url(), CallPhase.HEADERS);
		}
	}

	@Test
	void aWaitForTheBodyEndsAtOnce() throws Exception {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
			exchange.pause(20_000);
		}); Bounded app = Bounded.with()) {
			assertIsCancelled(app, peer.url(), CallPhase.BODY);
		}
	}

	@Test
	void aWaitForAConnectionEndsAtOnce() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			held.countDown();
			exchange.pause(20_000);
		});
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1",
						"holdfast.client.lease-timeout=700ms")) {
			CompletableFuture<Boolean> holder = CompletableFuture
				.supplyAsync(() -> catchThrowable(() -> app.get(peer.url())) != null, LifetimeTests::onItsOwnThread);
			assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();
			CallFailure failure = cancel(app, () -> app.get(peer.url()), CallPhase.LEASE);
			assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
			assertThat(failure.phase()).isEqualTo(CallPhase.LEASE);
			app.awaitLeased(1);
			Awaitility.await()
				.untilAsserted(() -> assertThat(app.pool().connectionsByTarget().values())
					.allSatisfy((connections) -> assertThat(connections.pending()).isZero()));
			peer.hangUp();
			assertThat(holder.get(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aLookupEndsAtOnce() throws Exception {
		try (Bounded app = Bounded.with(List.of(PhaseTests.SlowNames.class))) {
			assertIsCancelled(app, "http://slow.test/", CallPhase.DNS);
		}
	}

	@Test
	void aPauseBeforeTheNextAttemptEndsAtOnce() throws Exception {
		try (Peer peer = Peer.answering("HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
				Bounded app = Bounded.with("holdfast.client.retry.max-pause=60s")) {
			assertIsCancelled(app, peer.url(), CallPhase.BACKOFF);
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void theDeadlineOfTheWorkCountsWhereItIsTheShorterOne() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000)); Bounded app = Bounded.with()) {
			app.client();
			OwnedLifetime brief = new OwnedLifetime(Deadline.after(Duration.ofMillis(400), Ticker.system()));
			CallFailure failure = failure(brief, () -> app.get(peer.url()));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat((Throwable) failure).hasMessageContaining("deadline").hasMessageNotContaining("call-timeout");
			assertThat(failure.facts().total()).isBetween(Duration.ofMillis(150), Duration.ofMillis(900));
			app.awaitLeased(0);
		}
	}

	@Test
	void aRetryThatWouldEndAfterTheDeadlineIsNotMade() {
		try (Peer peer = Peer.answering("HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n");
				Bounded app = Bounded.with()) {
			OwnedLifetime brief = new OwnedLifetime(Deadline.after(Duration.ofSeconds(1), Ticker.system()));
			assertThat(thrown(brief, () -> app.get(peer.url()))).hasMessageContaining("503");
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void callsThatAreOverLeaveNothingAtTheLifetime() throws Exception {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			Lifetime before = CurrentLifetime.replace(this.lifetime);
			try {
				for (int i = 0; i < 200; i++) {
					app.get(peer.url());
				}
				assertThat(listeners()).isZero();
				peer.hangUp();
				for (int i = 0; i < 20; i++) {
					assertThat(catchThrowable(() -> app.get(peer.url()))).isNotNull();
				}
				assertThat(listeners()).isZero();
			}
			finally {
				CurrentLifetime.replace(before);
			}
		}
	}

	@Test
	void aBlackHoledConnectEndsAtOnce() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Fillers fillers = Fillers.of(full);
				Bounded app = Bounded.with()) {
			assertThat(fillers.waiting()).isNotEmpty();
			assertIsCancelled(app, "http://127.0.0.1:" + full.getLocalPort() + "/", CallPhase.CONNECT);
		}
	}

	@Test
	void aSilentHandshakeEndsAtOnce() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			assertIsCancelled(app, "https://127.0.0.1:" + silent.getLocalPort() + "/", CallPhase.TLS);
		}
	}

	@Test
	void aRequestThatNobodyReadsEndsAtOnce() throws Exception {
		try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			String url = "http://127.0.0.1:" + deaf.getLocalPort() + "/";
			assertIsCancelled(app,
					() -> app.client().post().uri(url).body(new byte[64 << 20]).retrieve().toBodilessEntity(),
					CallPhase.WRITE);
		}
	}

	@Test
	void aStreamingCallEndsWithItsWork() throws Exception {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
			exchange.drip("x".repeat(500), 20);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=50ms")) {
			assertIsCancelled(app, () -> stream(app, peer), CallPhase.BODY);
		}
	}

	@Test
	void aStreamingCallEndsAtTheDeadlineOfItsWork() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
			exchange.drip("x".repeat(500), 20);
		}); Bounded app = Bounded.with("holdfast.client.call-timeout=50ms")) {
			app.client();
			OwnedLifetime brief = new OwnedLifetime(Deadline.after(Duration.ofMillis(400), Ticker.system()));
			CallFailure failure = failure(brief, () -> stream(app, peer));
			assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.TIMEOUT);
			assertThat((Throwable) failure).hasMessageContaining("deadline").hasMessageNotContaining("call-timeout");
			app.awaitLeased(0);
		}
	}

	private static void stream(Bounded app, Peer peer) {
		app.client().get().uri(peer.url()).attributes(CallOptions.streaming()).retrieve().body(String.class);
	}

	private void assertIsCancelled(Bounded app, String url, CallPhase phase) throws Exception {
		assertIsCancelled(app, () -> app.get(url), phase);
	}

	private void assertIsCancelled(Bounded app, ThrowingCallable task, CallPhase phase) throws Exception {
		CallFailure failure = cancel(app, task, phase);
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.CANCELLED);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		assertThat((Throwable) failure).hasMessageContaining("CLIENT_GONE");
		app.awaitLeased(0);
	}

	// ends the work when its call is in the phase, and sees the call end
	private CallFailure cancel(Bounded app, ThrowingCallable task, CallPhase phase) throws Exception {
		CompletableFuture<CallFailure> call = CompletableFuture.supplyAsync(() -> failure(this.lifetime, task),
				LifetimeTests::onItsOwnThread);
		Awaitility.await().until(() -> app.calls().stream().anyMatch((running) -> running.phase() == phase));
		long start = System.nanoTime();
		this.lifetime.end(EndReason.CLIENT_GONE);
		CallFailure failure = call.get(5, TimeUnit.SECONDS);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(300));
		return failure;
	}

	// the common pool may have one thread, which the call before holds
	private static void onItsOwnThread(Runnable task) {
		new Thread(task, "caller").start();
	}

	private int listeners() {
		Object listeners = Objects.requireNonNull(ReflectionTestUtils.getField(this.lifetime, "listeners"));
		return ((Collection<?>) Objects.requireNonNull(ReflectionTestUtils.getField(listeners, "waiting"))).size();
	}

	private static CallFailure failure(Lifetime lifetime, ThrowingCallable call) {
		return Bounded.failure(thrown(lifetime, call));
	}

	private static Throwable thrown(Lifetime lifetime, ThrowingCallable call) {
		Lifetime before = CurrentLifetime.replace(lifetime);
		try {
			return catchThrowable(call);
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

	/**
	 * Connections that fill the queue of a listener, so that the next one hangs.
	 *
	 * @param sockets all of them
	 * @param waiting those that were not let in
	 */
	record Fillers(List<Socket> sockets, List<Socket> waiting) implements AutoCloseable {

		static Fillers of(ServerSocket listener) throws IOException {
			Fillers fillers = new Fillers(new ArrayList<>(), new ArrayList<>());
			for (int i = 0; i < 4; i++) {
				Socket filler = new Socket();
				fillers.sockets.add(filler);
				try {
					filler.connect(listener.getLocalSocketAddress(), 100);
				}
				catch (SocketTimeoutException ex) {
					fillers.waiting.add(filler);
				}
			}
			return fillers;
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
