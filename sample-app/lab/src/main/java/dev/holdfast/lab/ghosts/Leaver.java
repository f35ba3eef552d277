/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * A client that asks and does not wait for the answer.
 */
final class Leaver implements AutoCloseable {

	private static final int CONNECT_MILLIS = 10_000;

	private final Socket wire;

	/** The same where nothing is encrypted. */
	private final Socket socket;

	private final int port;

	private Leaver(Socket wire, Socket socket, int port) {
		this.wire = wire;
		this.socket = socket;
		this.port = port;
	}

	/**
	 * Connects, and shakes hands.
	 * @param port port of the server
	 * @param tls what is trusted, {@code null} where nothing is encrypted
	 * @return the client
	 * @throws IOException if it cannot connect
	 */
	static Leaver connect(int port, @Nullable SSLContext tls) throws IOException {
		Socket wire = new Socket();
		try {
			wire.setTcpNoDelay(true);
			InetAddress loopback = InetAddress.getLoopbackAddress();
			wire.connect(new InetSocketAddress(loopback, port), CONNECT_MILLIS);
			if (tls == null) {
				return new Leaver(wire, wire, port);
			}
			wire.setSoTimeout(CONNECT_MILLIS);
			SSLSocket socket = (SSLSocket) tls.getSocketFactory()
				.createSocket(wire, loopback.getHostAddress(), port, true);
			socket.startHandshake();
			return new Leaver(wire, socket, port);
		}
		catch (IOException ex) {
			wire.close();
			throw ex;
		}
	}

	void ask(String path) throws IOException {
		String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\n\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Says good-bye, as a browser does whose tab is closed: the server gets close_notify,
	 * where that is spoken, and FIN.
	 * @throws IOException if it was gone already
	 */
	void leave() throws IOException {
		this.socket.shutdownOutput();
		// session tickets that nobody has read would make the kernel send RST
		this.wire.getInputStream().skipNBytes(this.wire.getInputStream().available());
		this.wire.close();
	}

	/**
	 * Is gone, as a process that was killed by its balancer: the server gets RST.
	 * @throws IOException if it was gone already
	 */
	void vanish() throws IOException {
		this.wire.setSoLinger(true, 0);
		this.wire.close();
	}

	@Override
	public void close() {
		try {
			this.wire.close();
		}
		catch (IOException ex) {
			// it is given up either way
		}
	}

}
