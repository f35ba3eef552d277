/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections on loopback, both ends of them in this process.
 */
final class OpenPairs implements AutoCloseable {

	private final ServerSocket server;

	private final Deque<Socket> ends = new ArrayDeque<>();

	OpenPairs() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	/**
	 * Opens more.
	 * @param count how many there shall be
	 * @return {@code false} if the process may not open as many
	 */
	boolean open(int count) {
		try {
			while (this.ends.size() < 2 * count) {
				this.ends.push(new Socket(this.server.getInetAddress(), this.server.getLocalPort()));
				this.ends.push(this.server.accept());
			}
			return true;
		}
		catch (IOException ex) {
			// the measurement needs some descriptors, too
			close(Math.min(this.ends.size(), 100));
			return false;
		}
	}

	private void close(int count) {
		for (int i = 0; i < count; i++) {
			try (Socket end = this.ends.pop()) {
				// nothing stays in TIME_WAIT
				end.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// its other end has reset it
			}
		}
	}

	@Override
	public void close() throws IOException {
		close(this.ends.size());
		this.server.close();
	}

}
