/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection over HTTP/1.1 that keeps everything it was answered.
 */
final class HttpConnection implements AutoCloseable {

	private final Socket socket = new Socket();

	private final InputStream in;

	private final int port;

	private int requests;

	private boolean started;

	private boolean reusable = true;

	HttpConnection(int port, Duration timeout) throws IOException {
		this.port = port;
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					(int) timeout.toMillis());
			this.in = new BufferedInputStream(this.socket.getInputStream());
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
	}

	/**
	 * Sends a GET and reads its answer to the end.
	 * @param path what to ask for
	 * @param timeout longest gap between two bytes
	 * @return the answer
	 * @throws IOException if there is none, or not all of it
	 */
	Answer get(String path, Duration timeout) throws IOException {
		return send("GET", path, timeout);
	}

	Answer send(String method, String path, Duration timeout) throws IOException {
		this.requests++;
		this.started = false;
		this.reusable = false;
		this.socket.setSoTimeout((int) timeout.toMillis());
		String body = method.equals("POST") ? "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" : "\r\n";
		String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port
				+ "\r\nAccept-Encoding: gzip\r\n" + body;
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		Answer answer = read();
		this.reusable = !answer.closes();
		return answer;
	}

	private Answer read() throws IOException {
		String status = line();
		if (!status.matches("HTTP/1\\.1 [0-9]{3}.*")) {
			throw new IOException("Not a status line: " + status);
		}
		Map<String, String> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			if (colon < 0) {
				throw new IOException("Not a header: " + line);
			}
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
		boolean chunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
		byte[] body = chunked ? chunks() : body(headers);
		return new Answer(Integer.parseInt(status.substring(9, 12)), headers, chunked,
				new String(body, StandardCharsets.UTF_8));
	}

	private byte[] body(Map<String, String> headers) throws IOException {
		String length = headers.get("content-length");
		if (length == null) {
			// until the server closes: framing that a keep-alive response never has
			return this.in.readAllBytes();
		}
		return exactly(Integer.parseInt(length));
	}

	private byte[] exactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("Connection closed after " + bytes.length + " of " + length + " bytes");
		}
		return bytes;
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (true) {
			int length = Integer.parseInt(line().trim(), 16);
			body.write(exactly(length));
			if (!line().isEmpty()) {
				throw new IOException("A chunk does not end where it should");
			}
			if (length == 0) {
				return body.toByteArray();
			}
		}
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("Connection closed before the end of the answer");
			}
			this.started = true;
			line.append((char) next);
		}
		return line.toString().stripTrailing();
	}

	/**
	 * Waits until the server closes the idle connection.
	 * @param timeout how long
	 * @return whether it was a regular end, without a byte
	 */
	boolean awaitEnd(Duration timeout) {
		try {
			this.socket.setSoTimeout((int) timeout.toMillis());
			return this.in.read() < 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Whether the server may have closed it as idle when the request was sent.
	 * @return {@code true} on a kept connection without a byte of an answer
	 */
	boolean isLostWhileIdle() {
		return this.requests > 1 && !this.started;
	}

	boolean isStarted() {
		return this.started;
	}

	boolean isReusable() {
		return this.reusable;
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
