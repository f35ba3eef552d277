/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A peer on loopback that does what its script says, one daemon thread a connection.
 * Closing it cuts all its connections.
 */
public final class Peer implements AutoCloseable {

	/** More are refused: a test that goes wrong must not take the machine with it. */
	private static final int MOST_CONNECTIONS = 512;

	private final ServerSocket server;

	private final String scheme;

	private final Script script;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicLong connections = new AtomicLong();

	private final AtomicLong requests = new AtomicLong();

	private Peer(ServerSocket server, String scheme, Script script) {
		this.server = server;
		this.scheme = scheme;
		this.script = script;
		daemon("peer-" + server.getLocalPort(), this::accept);
	}

	static Peer start(Script script) {
		try {
			return start(new ServerSocket(), "http", script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts a peer.
	 * @param server a socket that is not bound yet
	 * @param scheme scheme of its address
	 * @param script what it does
	 * @return the peer
	 * @throws IOException if it cannot be bound
	 */
	static Peer start(ServerSocket server, String scheme, Script script) throws IOException {
		server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_CONNECTIONS);
		return new Peer(server, scheme, script);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.connections.incrementAndGet();
				this.open.add(socket);
				// close() empties the set after the server socket is closed: whoever
				// comes in between closes its own
				if (this.server.isClosed() || this.open.size() > MOST_CONNECTIONS) {
					end(socket);
				}
				else {
					daemon("peer-" + this.server.getLocalPort() + "-" + this.connections, () -> serve(socket));
				}
			}
			catch (IOException ex) {
				// closed, or the client was gone before it was accepted
			}
		}
	}

	private void serve(Socket socket) {
		try {
			socket.setTcpNoDelay(true);
			this.script.serve(new Wire(socket, this.end, this.requests));
		}
		catch (IOException ex) {
			// the client is gone: what it makes of that is what is being tested
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end(socket);
		}
	}

	private void end(Socket socket) {
		this.open.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed as far as it can be
		}
	}

	private static void daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Its address.
	 * @return such as {@code http://127.0.0.1:40000}
	 */
	public String url() {
		return url("127.0.0.1");
	}

	/**
	 * Its address under another name.
	 * @param host a name that the client's resolver knows
	 * @return scheme, name and port
	 */
	public String url(String host) {
		return this.scheme + "://" + host + ":" + port();
	}

	/**
	 * How many connections it was asked for.
	 * @return connections accepted since the start
	 */
	public long connections() {
		return this.connections.get();
	}

	/**
	 * How many requests it has read.
	 * @return requests since the start, retries included
	 */
	public long requests() {
		return this.requests.get();
	}

	@Override
	public void close() {
		this.end.countDown();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			// it accepts nothing any more
		}
		this.open.forEach(this::end);
	}

}
