/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLServerSocket;

/**
 * Peers, named after what they do. What drips never ends within a minute.
 */
public final class Peers {

	/** Time between two bytes: shorter than any timeout of a read. */
	static final Duration DRIP = Duration.ofMillis(60);

	private static final int DRIPPED = 1000;

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";

	private Peers() {
	}

	/**
	 * Reads a request and never answers.
	 * @return the peer
	 */
	public static Peer silent() {
		return Peer.start((wire) -> {
			wire.readRequest();
			wire.awaitEnd();
		});
	}

	/**
	 * Answers with headers, a byte at a time.
	 * @return the peer
	 */
	public static Peer headerDrip() {
		return Peer.start((wire) -> {
			wire.readRequest();
			wire.drip(ascii("HTTP/1.1 200 OK\r\nX-Filler: " + "y".repeat(DRIPPED)), DRIP);
		});
	}

	/**
	 * Answers with a body, a byte at a time.
	 * @return the peer
	 */
	public static Peer bodyDrip() {
		return Peer.start((wire) -> {
			wire.readRequest();
			wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + DRIPPED + "\r\n\r\n");
			wire.drip(ascii("x".repeat(DRIPPED)), DRIP);
		});
	}

	/**
	 * Answers a handshake with one record, a byte at a time.
	 * @return the peer, with an address of https
	 * @throws IOException if it cannot be bound
	 */
	public static Peer tlsDrip() throws IOException {
		byte[] handshakeRecord = { 22, 3, 3, (byte) (DRIPPED >> 8), (byte) DRIPPED };
		return Peer.start(new ServerSocket(), "https", (wire) -> {
			wire.drip(handshakeRecord, DRIP);
			wire.drip(new byte[DRIPPED], DRIP);
		});
	}

	/**
	 * Accepts and reads nothing at all.
	 * @return the peer
	 * @throws IOException if it cannot be bound
	 */
	public static Peer nonReading() throws IOException {
		ServerSocket server = new ServerSocket();
		server.setReceiveBufferSize(4096);
		return Peer.start(server, "http", Wire::awaitEnd);
	}

	/**
	 * Answers with a body in chunks that never ends.
	 * @return the peer
	 */
	public static Peer endless() {
		return Peer.start((wire) -> {
			wire.readRequest();
			wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (true) {
				wire.write("4\r\nmore\r\n");
				wire.pause(DRIP);
			}
		});
	}

	/**
	 * Answers every request with 503.
	 * @return the peer
	 */
	public static Peer unavailable() {
		return answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
	}

	/**
	 * Answers every request with 503 and asks to come back later.
	 * @param after when to come back
	 * @return the peer
	 */
	public static Peer unavailable(Duration after) {
		return answering("HTTP/1.1 503 Service Unavailable\r\nRetry-After: " + after.toSeconds()
				+ "\r\nContent-Length: 0\r\n\r\n");
	}

	/**
	 * Reads every request and cuts the connection.
	 * @return the peer
	 */
	public static Peer reset() {
		return Peer.start((wire) -> {
			if (wire.readRequest()) {
				wire.reset();
			}
		});
	}

	/**
	 * Answers every request with 200 on connections that stay.
	 * @return the peer
	 */
	public static Peer keepAlive() {
		return answering(OK);
	}

	/**
	 * Answers one request with 200 and ends the connection.
	 * @return the peer
	 */
	public static Peer connectionClose() {
		return Peer.start((wire) -> {
			if (wire.readRequest()) {
				wire.write(OK.replace("Content-Type", "Connection: close\r\nContent-Type"));
			}
		});
	}

	/**
	 * Answers every request of a client that shows the identity's certificate, on
	 * connections that stay.
	 * @param identity the identity of both sides
	 * @return the peer, with an address of https
	 * @throws IOException if it cannot be bound
	 */
	public static Peer clientCertificate(Identity identity) throws IOException {
		SSLServerSocket server = (SSLServerSocket) identity.sslContext().getServerSocketFactory().createServerSocket();
		server.setNeedClientAuth(true);
		return Peer.start(server, "https", Peers::serveOk);
	}

	private static void serveOk(Wire wire) throws IOException {
		while (wire.readRequest()) {
			wire.write(OK);
		}
	}

	private static Peer answering(String answer) {
		byte[] bytes = ascii(answer);
		return Peer.start((wire) -> {
			while (wire.readRequest()) {
				wire.write(bytes);
			}
		});
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
