/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client that reads one chunked response from a connection of its own, and knows a
 * proper end from a connection that was cut.
 */
final class EmitterClient implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 20_000;

	private final Socket socket;

	private final InputStream in;

	private final String head;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final CompletableFuture<Long> end = new CompletableFuture<>();

	private EmitterClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream());
		StringBuilder head = new StringBuilder();
		for (String line = line(); !line.isEmpty(); line = line()) {
			head.append(line).append('\n');
		}
		this.head = head.toString();
		Thread reader = new Thread(this::read, "test-reader");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Sends a request and reads the head of the response.
	 * @param port port of the application
	 * @param request method and path
	 * @return the client, which reads the body on a thread of its own
	 * @throws IOException if the connection fails
	 */
	static EmitterClient open(int port, String request) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.getOutputStream()
			.write((request + " HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return new EmitterClient(socket);
	}

	String head() {
		return this.head;
	}

	/**
	 * When the terminating chunk came.
	 * @return a reading of {@link System#nanoTime()}; fails if the connection ended
	 * without it
	 */
	long endNanos() {
		return this.end.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
	}

	boolean isOpen() {
		return !this.end.isDone();
	}

	String body() {
		endNanos();
		return this.body.toString(StandardCharsets.UTF_8);
	}

	private void read() {
		try {
			while (readChunk()) {
				// on to the next one
			}
			this.end.complete(System.nanoTime());
		}
		catch (IOException | RuntimeException ex) {
			this.end.completeExceptionally(ex);
		}
	}

	private boolean readChunk() throws IOException {
		int size = Integer.parseInt(line(), 16);
		byte[] data = this.in.readNBytes(size);
		if (data.length < size) {
			throw new EOFException("cut within a chunk");
		}
		this.body.writeBytes(data);
		if (!line().isEmpty()) {
			throw new IOException("no line break after a chunk");
		}
		return size > 0;
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("cut after '" + line + "'");
			}
			line.append((char) next);
		}
		return line.toString().stripTrailing();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
