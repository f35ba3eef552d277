/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that does not answer to an attempt to connect, neither with yes nor with no:
 * its queue of connections to accept is full, and Linux drops what does not fit.
 */
public final class BlackHole implements AutoCloseable {

	private static final int MOST_FILLERS = 16;

	private static final int PATIENCE_MILLIS = 300;

	private final ServerSocket server;

	private final List<Socket> fillers = new ArrayList<>();

	public BlackHole() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		// twice in a row: one alone may just have been slow
		int dropped = 0;
		for (int i = 0; i < MOST_FILLERS && dropped < 2; i++) {
			dropped = fill() ? 0 : dropped + 1;
		}
		if (dropped < 2) {
			close();
			throw new IOException("The queue of port " + this.server.getLocalPort() + " takes more than it should");
		}
	}

	private boolean fill() throws IOException {
		Socket filler = new Socket();
		try {
			filler.connect(this.server.getLocalSocketAddress(), PATIENCE_MILLIS);
			this.fillers.add(filler);
			return true;
		}
		catch (SocketTimeoutException ex) {
			filler.close();
			return false;
		}
	}

	/**
	 * Its address.
	 * @param host a name that the client's resolver knows
	 * @return scheme, name and port
	 */
	public String url(String host) {
		return "http://" + host + ":" + this.server.getLocalPort();
	}

	int port() {
		return this.server.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		for (Socket filler : this.fillers) {
			filler.close();
		}
		this.server.close();
	}

}
