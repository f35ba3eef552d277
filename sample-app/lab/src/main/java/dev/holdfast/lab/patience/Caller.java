/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client with a connection of its own, one request, and every byte in its own hands.
 */
final class Caller implements AutoCloseable {

	private static final int CONNECT_MILLIS = 10_000;

	/** Nothing here is silent for longer. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int LONGEST_HEAD = 16_384;

	private final Socket socket;

	private final int port;

	private Caller(Socket socket, int port) {
		this.socket = socket;
		this.port = port;
	}

	/**
	 * Connects.
	 * @param port port of the server
	 * @return the client
	 * @throws IOException if it cannot connect
	 */
	static Caller connect(int port) throws IOException {
		return connect(new Socket(), port);
	}

	/**
	 * Connects with little room for what is not read yet.
	 * @param port port of the server
	 * @param receiveBuffer how much, in bytes; the kernel takes twice of it
	 * @return the client
	 * @throws IOException if it cannot connect
	 */
	static Caller connect(int port, int receiveBuffer) throws IOException {
		Socket socket = new Socket();
		// the window is agreed upon with the first packet
		socket.setReceiveBufferSize(receiveBuffer);
		return connect(socket, port);
	}

	private static Caller connect(Socket socket, int port) throws IOException {
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) PATIENCE.toMillis());
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
			return new Caller(socket, port);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Sends a request without a body.
	 * @param method its method
	 * @param path its path
	 * @throws IOException if the connection is gone
	 */
	void ask(String method, String path) throws IOException {
		String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
		String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\n" + length + "\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Reads the head of the answer, and no byte of its body.
	 * @return the head, with the empty line
	 * @throws IOException if there is none
	 */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
			int next = this.socket.getInputStream().read();
			if (next < 0 || head.length() > LONGEST_HEAD) {
				throw new EOFException("No answer but '" + head + "'");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	InputStream body() throws IOException {
		return this.socket.getInputStream();
	}

	/**
	 * Leaves as a browser does whose tab is closed: the server gets FIN.
	 * @throws IOException if it was gone already
	 */
	void leave() throws IOException {
		this.socket.close();
	}

	/**
	 * Is gone, as a telephone in a tunnel whose balancer gives up: the server gets RST.
	 * @throws IOException if it was gone already
	 */
	void vanish() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// it is given up either way
		}
	}

}
