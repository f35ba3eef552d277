/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that answers each request and keeps the connection until it is told to close.
 */
final class LoopbackPeer implements AutoCloseable {

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000);

	private final ServerSocket listener;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private LoopbackPeer(ServerSocket listener) {
		this.listener = listener;
		start(this::accept);
	}

	static LoopbackPeer listening() throws IOException {
		return new LoopbackPeer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "loopback-peer");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (!this.listener.isClosed()) {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// the test is over
		}
	}

	private void serve(Socket socket) {
		try {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.isEmpty()) {
					socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
				}
			}
		}
		catch (IOException ex) {
			// closed, here or there
		}
	}

	int port() {
		return this.listener.getLocalPort();
	}

	String url() {
		return "http://127.0.0.1:" + port();
	}

	/** Closes its end of every connection. */
	void hangUp() {
		for (Socket socket : this.open) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		this.open.clear();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		hangUp();
	}

}
