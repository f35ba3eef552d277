/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection, one request after the other: for probes and for closed-loop clients.
 */
public final class BlockingClient implements AutoCloseable {

	private final Socket socket = new Socket();

	private final ResponseParser response = new ResponseParser();

	private final byte[] bytes = new byte[8192];

	private final int port;

	public BlockingClient(int port, Duration connectTimeout) throws IOException {
		this.port = port;
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					Math.max(1, (int) connectTimeout.toMillis()));
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
	}

	/**
	 * Sends one request on a connection of its own.
	 * @param port port of the server
	 * @param path what to ask for
	 * @param timeout for everything together
	 * @return the status
	 * @throws IOException if there was no answer in time
	 */
	public static int get(int port, String path, Duration timeout) throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		try (BlockingClient client = new BlockingClient(port, timeout)) {
			return client.get(path, Duration.ofNanos(deadline - System.nanoTime()));
		}
	}

	public int get(String path, Duration timeout) throws IOException {
		long deadline = System.nanoTime() + timeout.toNanos();
		this.response.reset();
		this.socket.getOutputStream().write(new Mix.Target(path, 1).request(this.port).array());
		boolean complete = false;
		while (!complete) {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (left <= 0) {
				throw new SocketTimeoutException("No answer to " + path + " within " + timeout);
			}
			this.socket.setSoTimeout((int) left);
			int count = this.socket.getInputStream().read(this.bytes);
			if (count < 0 && !this.response.endOfStream()) {
				throw new EOFException("Connection closed before the end of the answer to " + path);
			}
			complete = count < 0 || this.response.parse(ByteBuffer.wrap(this.bytes, 0, count));
		}
		return this.response.status();
	}

	boolean isReusable() {
		return !this.response.mustClose();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
