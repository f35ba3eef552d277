/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection over HTTP/1.1 on which every byte is seen.
 *
 * @param socket the connection
 */
record RawConnection(Socket socket) implements AutoCloseable {

	static RawConnection to(int port) throws IOException {
		return over(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	static RawConnection over(Socket socket) throws IOException {
		socket.setSoTimeout(20_000);
		return new RawConnection(socket);
	}

	Answer get(String path) throws IOException {
		ask(path);
		return answer();
	}

	void ask(String path) throws IOException {
		send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		this.socket.getOutputStream().flush();
	}

	Answer answer() throws IOException {
		String head = head();
		if (head.contains("transfer-encoding: chunked\r\n")) {
			return new Answer(head, chunks());
		}
		int start = head.indexOf("content-length: ") + "content-length: ".length();
		return new Answer(head, text(Integer.parseInt(head.substring(start, head.indexOf('\r', start)))));
	}

	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			head.append(line());
		}
		return head.toString().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads a body up to the chunk that says that it is the last, or fails.
	 * @return the body
	 * @throws IOException if the connection ends before
	 */
	String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		for (int size = size(); size > 0; size = size()) {
			body.append(text(size));
			line();
		}
		line();
		return body.toString();
	}

	private int size() throws IOException {
		return Integer.parseInt(line().trim(), 16);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		InputStream in = this.socket.getInputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException("in the middle of '" + line + "'");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.US_ASCII) + '\n';
	}

	private String text(int length) throws IOException {
		byte[] bytes = this.socket.getInputStream().readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException(bytes.length + " of " + length + " bytes");
		}
		return new String(bytes, StandardCharsets.US_ASCII);
	}

	/**
	 * Waits until the server has closed in good order: a reset fails.
	 * @return whether nothing came before
	 * @throws IOException if the connection was reset, or nothing happens
	 */
	boolean isEnded() throws IOException {
		return this.socket.getInputStream().read() < 0;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer.
	 *
	 * @param head status and header in lower case
	 * @param body all of the body
	 */
	record Answer(String head, String body) {

		boolean isOk() {
			return this.head.startsWith("http/1.1 200");
		}

		boolean isLast() {
			return this.head.contains("connection: close\r\n");
		}

		boolean isChunked() {
			return this.head.contains("transfer-encoding: chunked\r\n");
		}

	}

}
