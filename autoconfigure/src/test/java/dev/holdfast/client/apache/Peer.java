/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A server of raw sockets that does to each request what a test wants.
 */
final class Peer implements AutoCloseable {

	static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final ServerSocket listener;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Behaviour behaviour;

	private final Thread acceptor;

	private Peer(ServerSocket listener, Behaviour behaviour) {
		this.listener = listener;
		this.behaviour = behaviour;
		this.acceptor = new Thread(this::accept, "peer");
		this.acceptor.setDaemon(true);
		this.acceptor.start();
	}

	static Peer that(Behaviour behaviour) {
		try {
			return new Peer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Peer that(ServerSocket listener, Behaviour behaviour) {
		return new Peer(listener, behaviour);
	}

	static Peer answering(String answer) {
		return that((exchange) -> exchange.write(answer));
	}

	static Peer answering(ServerSocket listener, String answer) {
		return new Peer(listener, (exchange) -> exchange.write(answer));
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				this.connections.incrementAndGet();
				Thread server = new Thread(() -> serve(socket), "peer-connection");
				server.setDaemon(true);
				server.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(socket.getInputStream());
			for (String request = read(in); request != null; request = read(in)) {
				this.requests.add(request);
				this.behaviour.play(new Exchange(request, socket, socket.getOutputStream(), this.requests.size()));
			}
		}
		catch (IOException ex) {
			// the client has gone, or the test is over
		}
		finally {
			this.open.remove(socket);
		}
	}

	private static @Nullable String read(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return null;
			}
			head.append((char) next);
		}
		String lower = head.toString().toLowerCase(Locale.ROOT);
		int at = lower.indexOf("content-length:");
		if (at >= 0) {
			int length = Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).strip());
			head.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
		}
		return head.toString();
	}

	int port() {
		return this.listener.getLocalPort();
	}

	String url() {
		return "http://127.0.0.1:" + port() + "/";
	}

	int connections() {
		return this.connections.get();
	}

	int openConnections() {
		return this.open.size();
	}

	List<String> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		hangUp();
	}

	void hangUp() {
		try {
			this.listener.close();
			// the kernel listens until the thread has left accept: until then it may
			// accept one more
			this.acceptor.join();
			for (Socket socket : this.open) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is done to a request.
	 */
	interface Behaviour {

		void play(Exchange exchange) throws IOException;

	}

	/**
	 * A request and the way to answer it.
	 *
	 * @param request its head and body
	 * @param socket the connection
	 * @param out to the client
	 * @param number number of the request, from 1
	 */
	record Exchange(String request, Socket socket, OutputStream out, int number) {

		void write(String text) throws IOException {
			this.out.write(text.getBytes(StandardCharsets.ISO_8859_1));
			this.out.flush();
		}

		/** One byte at a time, until the client has had enough. */
		void drip(String text, long millis) throws IOException {
			for (int i = 0; i < text.length(); i++) {
				write(text.substring(i, i + 1));
				pause(millis);
			}
		}

		/** Waits for the client to go, at most that long. */
		void pause(long millis) throws IOException {
			this.socket.setSoTimeout((int) millis);
			try {
				if (this.socket.getInputStream().read() < 0) {
					throw new IOException("The client has gone");
				}
			}
			catch (SocketTimeoutException ex) {
				// still there
			}
			finally {
				this.socket.setSoTimeout(0);
			}
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

	}

}
