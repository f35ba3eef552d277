/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of raw sockets for a million requests: it gives the same answers for the same
 * paths and remembers nothing.
 */
final class RepeatingPeer implements AutoCloseable {

	private static final long BETWEEN_PIECES = TimeUnit.MICROSECONDS.toNanos(200);

	private final ServerSocket listener;

	private final Map<String, List<byte[]>> answers;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	/**
	 * A peer that listens.
	 * @param answers by path, with a pause between the pieces of each
	 */
	RepeatingPeer(Map<String, List<byte[]>> answers) {
		this.answers = answers;
		try {
			this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("repeating-peer", this::accept);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				this.connections.incrementAndGet();
				start("repeating-peer-connection", () -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			OutputStream out = socket.getOutputStream();
			byte[] buffer = new byte[4096];
			for (int length = head(socket.getInputStream(), buffer); length > 0; length = head(socket.getInputStream(),
					buffer)) {
				boolean first = true;
				for (byte[] piece : answer(buffer, length)) {
					if (!first) {
						LockSupport.parkNanos(BETWEEN_PIECES);
					}
					out.write(piece);
					first = false;
				}
			}
		}
		catch (IOException ex) {
			// the client has gone, or the test is over
		}
		finally {
			this.open.remove(socket);
		}
	}

	// the client sends one request at a time, without a body
	private static int head(InputStream in, byte[] buffer) throws IOException {
		int length = 0;
		while (length < 4 || buffer[length - 1] != '\n' || buffer[length - 3] != '\n') {
			int count = in.read(buffer, length, buffer.length - length);
			if (count <= 0) {
				return -1;
			}
			length += count;
		}
		return length;
	}

	private List<byte[]> answer(byte[] buffer, int length) {
		String line = new String(buffer, 0, Math.min(length, 200), StandardCharsets.ISO_8859_1);
		int from = line.indexOf(' ') + 1;
		return Objects.requireNonNull(this.answers.get(line.substring(from, line.indexOf(' ', from))));
	}

	/**
	 * Address without a path.
	 * @return scheme, host and port
	 */
	String url() {
		return "http://127.0.0.1:" + this.listener.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.open) {
			socket.close();
		}
	}

}
