/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One connection of a caller, with everything a scenario may do to it.
 * <p>
 * A pause is a read with a time limit: the caller has nothing to say meanwhile, so the
 * read ends early only when the caller leaves or the upstream stops, and no thread stays
 * behind.
 */
final class UpstreamConnection implements AutoCloseable {

	private final Socket socket;

	private final BufferedReader in;

	private final OutputStream out;

	UpstreamConnection(Socket socket) throws IOException {
		this.socket = socket;
		socket.setTcpNoDelay(true);
		this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		this.out = new BufferedOutputStream(socket.getOutputStream());
	}

	/**
	 * Reads a request without a body.
	 * @return its path, or {@code null} at the end of the connection
	 */
	@Nullable String readRequest() throws IOException {
		this.socket.setSoTimeout(0);
		String requestLine = this.in.readLine();
		if (requestLine == null) {
			return null;
		}
		for (String header = this.in.readLine(); header != null && !header.isEmpty();) {
			header = this.in.readLine();
		}
		String[] parts = requestLine.split(" ", -1);
		return (parts.length == 3) ? parts[1] : null;
	}

	void answer(String status, String body, String... headers) throws IOException {
		send(head(status, "Content-Length: " + body.length(), headers) + body);
	}

	static String head(String status, String framing, String... headers) {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status)
			.append("\r\nContent-Type: text/plain\r\n")
			.append(framing)
			.append("\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	void send(String text) throws IOException {
		this.out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		this.out.flush();
	}

	void drip(String text, Duration interval) throws IOException {
		for (int i = 0; i < text.length(); i++) {
			send(text.substring(i, i + 1));
			pause(interval);
		}
	}

	void pause(Duration length) throws IOException {
		this.socket.setSoTimeout((int) length.toMillis());
		try {
			if (this.in.read() < 0) {
				throw new EOFException("The caller has left");
			}
			throw new IOException("The caller has sent more than its request");
		}
		catch (SocketTimeoutException ex) {
			// the pause is over
		}
	}

	/**
	 * Ends the connection the hard way: with SO_LINGER 0 the kernel sends RST, and no
	 * FIN.
	 */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
