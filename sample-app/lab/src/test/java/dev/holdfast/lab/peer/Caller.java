/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A client without any cleverness.
 */
final class Caller implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	Caller(int port) throws IOException {
		this(new Socket(), port);
	}

	Caller(Socket socket, int port) throws IOException {
		this.socket = socket;
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
		this.socket.setSoTimeout(10_000);
		this.in = socket.getInputStream();
	}

	static Caller of(Peer peer) throws IOException {
		return new Caller(peer.port());
	}

	Caller get() throws IOException {
		return send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	Caller send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/**
	 * Reads until the headers are complete.
	 * @return status line and headers
	 * @throws IOException if they do not come
	 */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append(read(1));
		}
		return head.toString();
	}

	String read(int count) throws IOException {
		return new String(this.in.readNBytes(count), StandardCharsets.ISO_8859_1);
	}

	int readByte() throws IOException {
		return this.in.read();
	}

	/**
	 * Reads and takes the time.
	 * @param count how many bytes
	 * @return how long they took
	 * @throws IOException if they do not come
	 */
	Duration timeOf(int count) throws IOException {
		long begin = System.nanoTime();
		if (this.in.readNBytes(count).length < count) {
			throw new IOException("The peer ended");
		}
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	Caller patience(Duration limit) throws IOException {
		this.socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(limit.toNanos()));
		return this;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
