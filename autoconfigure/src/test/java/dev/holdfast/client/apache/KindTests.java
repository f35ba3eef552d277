/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallTlsException;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What a failure is called that no limit has brought about.
 */
@Tag("B9")
class KindTests {

	@Test
	void aCertificateThatNobodyTrustsIsATlsFailure(@TempDir Path folder) throws Exception {
		try (Peer peer = Peer.answering(Certificate.in(folder).listener(), Peer.OK); Bounded app = Bounded.with()) {
			CallFailure failure = assertFails(app, secure(peer.port()), FailureKind.TLS, CallPhase.TLS);
			assertThat(failure).isInstanceOf(CallTlsException.class);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.facts().attempts()).isOne();
			assertThat(peer.requests()).isEmpty();
		}
	}

	@Test
	void aPeerThatSpeaksNoTlsIsATlsFailure() throws Exception {
		try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with()) {
			CompletableFuture<Void> answered = answer(plain, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
			CallFailure failure = assertFails(app, secure(plain.getLocalPort()), FailureKind.TLS, CallPhase.TLS);
			assertThat(failure.isRetryable()).isFalse();
			answered.get(5, TimeUnit.SECONDS);
		}
	}

	// the kernel connects to no group of addresses: nothing leaves the machine
	@Test
	void anAddressWithoutARouteIsUnreachable() {
		try (Bounded app = Bounded.with()) {
			CallFailure failure = assertFails(app, "http://224.0.0.1:9/", FailureKind.UNREACHABLE, CallPhase.CONNECT);
			assertThat(failure.isRetryable()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n" })
	void headersThatAreNoneAreAFailureOfTheProtocol(String answer) {
		assertIsProtocol(answer, CallPhase.HEADERS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: many", "Content-Length: -1", "Transfer-Encoding: unheard-of" })
	void aBodyWhoseEndNobodyCanTellIsAFailureOfTheProtocol(String header) {
		assertIsProtocol("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\nok", CallPhase.HEADERS);
	}

	@Test
	void aBodyThatEndsEarlyIsClosedByThePeer() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nxxx");
			exchange.socket().close();
		}); Bounded app = Bounded.with()) {
			assertFails(app, peer.url(), FailureKind.CLOSED_BY_PEER, CallPhase.BODY);
		}
	}

	@Test
	void aChunkThatEndsEarlyIsClosedByThePeer() {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nxxx");
			exchange.socket().close();
		}); Bounded app = Bounded.with()) {
			assertFails(app, peer.url(), FailureKind.CLOSED_BY_PEER, CallPhase.BODY);
		}
	}

	@Test
	void aChunkThatIsNoneIsAFailureOfTheProtocol() {
		assertIsProtocol("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\nxxx\r\n", CallPhase.BODY);
	}

	@Test
	void whatIsNoHttpAtAllIsAFailureOfTheProtocol() {
		assertIsProtocol("\r\n".repeat(20), CallPhase.HEADERS);
	}

	@Test
	void aPauseThatIsInterruptedIsCancelled() throws Exception {
		try (Peer peer = Peer.answering("HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
				Bounded app = Bounded.with("holdfast.client.retry.max-pause=60s")) {
			assertIsInterrupted(app, () -> app.get(peer.url()), CallPhase.BACKOFF);
			app.awaitLeased(0);
		}
	}

	@Test
	void aLookupThatIsInterruptedIsCancelled() throws Exception {
		try (Bounded app = Bounded.with(List.of(PhaseTests.SlowNames.class))) {
			assertIsInterrupted(app, () -> app.get("http://slow.test/"), CallPhase.DNS);
			app.awaitLeased(0);
		}
	}

	@Test
	void aWaitForAConnectionThatIsInterruptedIsCancelled() throws Exception {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			Thread holder = new Thread(() -> assertThatException().isThrownBy(() -> app.get(peer.url())), "the-holder");
			holder.start();
			Awaitility.await().until(() -> !peer.requests().isEmpty());
			assertIsInterrupted(app, () -> app.get(peer.url()), CallPhase.LEASE);
			peer.hangUp();
			holder.join(5000);
		}
	}

	private static void assertIsProtocol(String answer, CallPhase phase) {
		try (Peer peer = Peer.answering(answer); Bounded app = Bounded.with("holdfast.client.header-timeout=2s")) {
			CallFailure failure = assertFails(app, peer.url(), FailureKind.PROTOCOL, phase);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(peer.requests()).hasSize(1);
		}
	}

	private static CallFailure assertFails(Bounded app, String url, FailureKind kind, CallPhase phase) {
		CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(url)));
		assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		app.awaitLeased(0);
		return failure;
	}

	private static void assertIsInterrupted(Bounded app, ThrowingCallable call, CallPhase phase) throws Exception {
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		CompletableFuture<Throwable> thrown = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			Throwable caught = catchThrowable(call);
			flag.complete(Thread.currentThread().isInterrupted());
			thrown.complete(caught);
		}, "caller");
		caller.start();
		Awaitility.await().until(() -> app.calls().stream().anyMatch((running) -> running.phase() == phase));
		caller.interrupt();
		CallFailure failure = Bounded.failure(thrown.get(2, TimeUnit.SECONDS));
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.CANCELLED);
		assertThat(failure.phase()).as("%s", failure).isEqualTo(phase);
		assertThat(failure.isRetryable()).isFalse();
		assertThat(flag.get(1, TimeUnit.SECONDS)).as("the thread stays interrupted").isTrue();
	}

	// once the client has said something
	private static CompletableFuture<Void> answer(ServerSocket listener, String answer) {
		return CompletableFuture.runAsync(() -> {
			try (Socket socket = listener.accept()) {
				socket.getInputStream().read();
				socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
				socket.getOutputStream().flush();
				while (socket.getInputStream().read() >= 0) {
					// until the client has gone: a reset would be another failure
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, (task) -> new Thread(task, "plain-peer").start());
	}

	private static String secure(int port) {
		return "https://127.0.0.1:" + port + "/";
	}

}
