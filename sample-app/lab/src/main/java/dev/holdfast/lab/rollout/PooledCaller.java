/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * A pool of connections over HTTP/1.1.
 */
final class PooledCaller implements Caller {

	private final Map<Integer, Deque<HttpConnection>> idle = new ConcurrentHashMap<>();

	@Override
	public int get(int port, String path, Duration timeout) throws IOException {
		HttpConnection kept = idle(port).pollLast();
		if (kept != null) {
			try {
				return get(kept, port, path, timeout);
			}
			catch (SocketTimeoutException ex) {
				throw ex;
			}
			catch (IOException ex) {
				if (!kept.isLostWhileIdle()) {
					throw ex;
				}
				// what every pool does: once more, on a connection that nobody has kept
			}
		}
		return get(new HttpConnection(port, timeout), port, path, timeout);
	}

	private int get(HttpConnection connection, int port, String path, Duration timeout) throws IOException {
		boolean kept = false;
		try {
			int status = connection.get(path, timeout).status();
			kept = connection.isReusable();
			return status;
		}
		finally {
			if (kept) {
				idle(port).addLast(connection);
			}
			else {
				connection.close();
			}
		}
	}

	private Deque<HttpConnection> idle(int port) {
		return this.idle.computeIfAbsent(port, (key) -> new ConcurrentLinkedDeque<>());
	}

	@Override
	public void close() {
		for (Deque<HttpConnection> connections : this.idle.values()) {
			for (@Nullable
			HttpConnection connection = connections.poll(); connection != null; connection = connections.poll()) {
				connection.close();
			}
		}
	}

}
