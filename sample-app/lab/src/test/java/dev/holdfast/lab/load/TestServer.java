/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * A small server in this JVM.
 */
final class TestServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService executor;

	final AtomicInteger requests = new AtomicInteger();

	TestServer(int threads) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.executor = Executors.newFixedThreadPool(threads);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	TestServer on(String path, HttpHandler handler) {
		this.server.createContext(path, (exchange) -> {
			this.requests.incrementAndGet();
			try (exchange) {
				handler.handle(exchange);
			}
		});
		return this;
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Answers with a body of known length.
	 * @param exchange the exchange
	 * @param status the status
	 * @throws IOException if the client is gone
	 */
	static void fixed(HttpExchange exchange, int status) throws IOException {
		byte[] body = "fixed".getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	/**
	 * Answers in chunks.
	 * @param exchange the exchange
	 * @throws IOException if the client is gone
	 */
	static void chunked(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 0);
		for (int i = 0; i < 3; i++) {
			exchange.getResponseBody().write(("part " + i).getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.server.stop(0);
	}

}
