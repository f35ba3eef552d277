/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers the requests of each connection with given text, and closes it afterwards.
 */
final class ScriptedServer implements AutoCloseable {

	final AtomicInteger requests = new AtomicInteger();

	private final ServerSocket listener;

	private final List<List<String>> connections;

	private final Thread thread = new Thread(this::serve, "scripted");

	private ScriptedServer(List<List<String>> connections) throws IOException {
		this.connections = connections;
		this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
	}

	@SafeVarargs
	static ScriptedServer start(List<String>... connections) throws IOException {
		List<List<String>> all = new ArrayList<>();
		for (List<String> answers : connections) {
			all.add(answers);
		}
		ScriptedServer server = new ScriptedServer(all);
		server.thread.start();
		return server;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void serve() {
		for (List<String> answers : this.connections) {
			try (Socket socket = this.listener.accept()) {
				for (String answer : answers) {
					if (!awaitRequest(socket.getInputStream())) {
						break;
					}
					socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
				}
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private boolean awaitRequest(InputStream in) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return false;
			}
			request.append((char) next);
		}
		this.requests.incrementAndGet();
		return true;
	}

	@Override
	public void close() {
		try {
			this.listener.close();
			this.thread.join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
