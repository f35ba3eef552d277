/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * A connection as the script of a peer sees it. It knows as much of HTTP/1.1 as the lab's
 * clients send: bodies have a length.
 */
final class Wire {

	private static final int LONGEST_LINE = 8192;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	private final CountDownLatch end;

	private final AtomicLong requests;

	private final byte[] buffer = new byte[LONGEST_LINE];

	private int position;

	private int limit;

	Wire(Socket socket, CountDownLatch end, AtomicLong requests) throws IOException {
		this.socket = socket;
		this.in = socket.getInputStream();
		this.out = socket.getOutputStream();
		this.end = end;
		this.requests = requests;
	}

	/**
	 * Reads the next request with its body and counts it.
	 * @return whether there was one
	 * @throws IOException if the client is gone
	 */
	boolean readRequest() throws IOException {
		String line = readLine();
		if (line == null) {
			return false;
		}
		long length = 0;
		while (line != null && !line.isEmpty()) {
			String header = line.toLowerCase(Locale.ROOT);
			if (header.startsWith("content-length:")) {
				length = Long.parseLong(header.substring("content-length:".length()).trim());
			}
			line = readLine();
		}
		this.requests.incrementAndGet();
		skip(length);
		return true;
	}

	private @Nullable String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		while (line.length() < LONGEST_LINE) {
			int next = read();
			if (next < 0) {
				return null;
			}
			if (next == '\n') {
				return line.toString();
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		throw new IOException("A line of more than " + LONGEST_LINE + " bytes");
	}

	private int read() throws IOException {
		if (this.position == this.limit) {
			this.limit = Math.max(0, this.in.read(this.buffer));
			this.position = 0;
		}
		return (this.limit > 0) ? this.buffer[this.position++] & 0xff : -1;
	}

	private void skip(long length) throws IOException {
		for (long i = 0; i < length; i++) {
			if (read() < 0) {
				return;
			}
		}
	}

	void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	void write(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/**
	 * Writes byte by byte.
	 * @param bytes what to write
	 * @param pause time after each byte
	 * @throws IOException if the client is gone
	 * @throws InterruptedException if the peer ends
	 */
	void drip(byte[] bytes, Duration pause) throws IOException, InterruptedException {
		for (byte each : bytes) {
			this.out.write(each);
			this.out.flush();
			pause(pause);
		}
	}

	void pause(Duration length) throws InterruptedException {
		if (this.end.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
			throw new InterruptedException("The peer ends");
		}
	}

	/**
	 * Does nothing, not even reading, until the peer is closed.
	 * @throws InterruptedException when the peer ends
	 */
	void awaitEnd() throws InterruptedException {
		this.end.await();
	}

	/**
	 * Cuts the connection: the client sees a reset.
	 * @throws IOException if it is cut already
	 */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

}
