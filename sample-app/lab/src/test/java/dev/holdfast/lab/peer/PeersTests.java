/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class PeersTests {

	/** Ten pauses between bytes, less one for where the reading begins. */
	private static final Duration NINE_DRIPS = Peers.DRIP.multipliedBy(9);

	@Test
	void silentPeerReadsAndNeverAnswers() throws IOException {
		try (Peer peer = Peers.silent(); Caller caller = Caller.of(peer)) {
			caller.get().patience(Duration.ofMillis(300));
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(caller::readByte);
			assertThat(peer.requests()).isEqualTo(1);
		}
	}

	@Test
	void headersDripByteByByte() throws IOException {
		try (Peer peer = Peers.headerDrip(); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().timeOf(10)).isGreaterThanOrEqualTo(NINE_DRIPS);
			assertThat(caller.read(5)).isEqualTo("00 OK");
		}
	}

	@Test
	void bodyDripsAfterCompleteHeaders() throws IOException {
		try (Peer peer = Peers.bodyDrip(); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().head()).contains("200 OK").contains("Content-Length: 1000");
			assertThat(caller.timeOf(10)).isGreaterThanOrEqualTo(NINE_DRIPS);
		}
	}

	@Test
	void recordOfTheHandshakeDrips() throws IOException {
		try (Peer peer = Peers.tlsDrip(); Caller caller = Caller.of(peer)) {
			assertThat(caller.readByte()).isEqualTo(22);
			assertThat(caller.timeOf(10)).isGreaterThanOrEqualTo(NINE_DRIPS);
			assertThat(peer.url()).startsWith("https://");
		}
	}

	@Test
	void nonReadingPeerStopsTheWriter() throws IOException {
		try (Peer peer = Peers.nonReading(); Caller caller = Caller.of(peer)) {
			AtomicLong written = new AtomicLong();
			Thread writer = new Thread(() -> write(caller, written));
			writer.setDaemon(true);
			writer.start();
			await().until(() -> written.get() > 0 && isBlocked(writer, written));
			assertThat(written).hasValueLessThan(64L * 1024 * 1024);
			assertThat(peer.requests()).isZero();
		}
	}

	private static void write(Caller caller, AtomicLong written) {
		String block = "x".repeat(64 * 1024);
		try {
			for (int i = 0; i < 1024; i++) {
				caller.send(block);
				written.addAndGet(block.length());
			}
		}
		catch (IOException ex) {
			// the end of the test
		}
	}

	private static boolean isBlocked(Thread writer, AtomicLong written) {
		long before = written.get();
		await().pollDelay(Duration.ofMillis(400)).until(() -> true);
		return writer.isAlive() && written.get() == before;
	}

	@Test
	void endlessPeerGoesOnInChunks() throws IOException {
		try (Peer peer = Peers.endless(); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().head()).contains("chunked");
			assertThat(caller.read(18)).isEqualTo("4\r\nmore\r\n4\r\nmore\r\n");
			assertThat(caller.read(18)).isEqualTo("4\r\nmore\r\n4\r\nmore\r\n");
		}
	}

	@Test
	void unavailablePeerRefusesEveryRequestAndCounts() throws IOException {
		try (Peer peer = Peers.unavailable(); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().head()).contains(" 503 ").doesNotContain("Retry-After");
			assertThat(caller.get().head()).contains(" 503 ");
			assertThat(peer.requests()).isEqualTo(2);
			assertThat(peer.connections()).isEqualTo(1);
		}
	}

	@Test
	void unavailablePeerSaysWhenToComeBack() throws IOException {
		try (Peer peer = Peers.unavailable(Duration.ofSeconds(30)); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().head()).contains(" 503 ").contains("Retry-After: 30\r\n");
		}
	}

	@Test
	void resettingPeerCutsTheConnection() throws IOException {
		try (Peer peer = Peers.reset(); Caller caller = Caller.of(peer)) {
			caller.get();
			assertThatExceptionOfType(SocketException.class).isThrownBy(caller::readByte)
				.withMessageContaining("reset");
			assertThat(peer.requests()).isEqualTo(1);
		}
	}

	@Test
	void keepsConnectionsAlive() throws IOException {
		try (Peer peer = Peers.keepAlive(); Caller caller = Caller.of(peer)) {
			for (int i = 0; i < 3; i++) {
				assertThat(caller.get().head()).contains("200 OK");
				assertThat(caller.read(2)).isEqualTo("ok");
			}
			assertThat(peer.requests()).isEqualTo(3);
			assertThat(peer.connections()).isEqualTo(1);
		}
	}

	@Test
	void readsBodiesOfRequests() throws IOException {
		try (Peer peer = Peers.keepAlive(); Caller caller = Caller.of(peer)) {
			caller.send("POST / HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + "\u00ff".repeat(20_000));
			assertThat(caller.head()).contains("200 OK");
			assertThat(caller.read(2)).isEqualTo("ok");
			assertThat(caller.get().head()).contains("200 OK");
			assertThat(peer.requests()).isEqualTo(2);
		}
	}

	@Test
	void closesAfterOneAnswer() throws IOException {
		try (Peer peer = Peers.connectionClose(); Caller caller = Caller.of(peer)) {
			assertThat(caller.get().head()).contains("200 OK").contains("Connection: close");
			assertThat(caller.read(2)).isEqualTo("ok");
			assertThat(caller.readByte()).isEqualTo(-1);
		}
	}

	@Test
	void closingAPeerCutsWhoIsConnected() throws IOException {
		Peer peer = Peers.silent();
		try (Caller caller = Caller.of(peer)) {
			caller.get();
			await().until(() -> peer.requests() == 1);
			peer.close();
			assertThat(caller.readByte()).isEqualTo(-1);
		}
	}

}
