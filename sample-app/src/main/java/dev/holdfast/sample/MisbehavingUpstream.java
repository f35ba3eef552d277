/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The service this one depends on, in the same process on the loopback address. Built on
 * plain sockets, because no HTTP server can be talked into what a broken one does.
 * <p>
 * Starts before the web server and stops after it, so that every request finds it.
 */
@Component
final class MisbehavingUpstream implements SmartLifecycle {

	private static final int BACKLOG = 1_024;

	private final int configuredPort;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ServerSocket listener;

	MisbehavingUpstream(UpstreamProperties properties) {
		this.configuredPort = properties.port();
	}

	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		ServerSocket socket = listen();
		this.listener = socket;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("demo-upstream-");
		threads.setDaemon(true);
		ExecutorService workers = Executors.newCachedThreadPool(threads);
		workers.execute(() -> accept(socket, workers));
	}

	private ServerSocket listen() {
		try {
			return new ServerSocket(this.configuredPort, BACKLOG, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The demo upstream cannot listen on port " + this.configuredPort
					+ " of the loopback address: set 'demo.upstream.port' to a free port, or to 0 for any", ex);
		}
	}

	private void accept(ServerSocket socket, ExecutorService workers) {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				this.connections.add(connection);
				workers.execute(() -> serve(connection));
			}
			catch (IOException ex) {
				// stopping, or the process is out of descriptors and may get some back
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
			}
		}
		workers.shutdown();
		// again: one may have come in while stop() was closing them
		closeConnections();
	}

	private void serve(Socket connection) {
		try (UpstreamConnection caller = new UpstreamConnection(connection)) {
			for (String path = caller.readRequest(); path != null; path = caller.readRequest()) {
				play(path, caller);
			}
		}
		catch (IOException ex) {
			// the caller has gone, or we are stopping
		}
		finally {
			// again: it may have been too broken to become a caller
			close(connection);
			this.connections.remove(connection);
		}
	}

	private static void play(String path, UpstreamConnection caller) throws IOException {
		UpstreamScenario scenario = UpstreamScenario.of(path.substring(1)).orElse(null);
		if (scenario == null) {
			caller.answer("404 Not Found", "no such scenario");
			return;
		}
		scenario.play(caller);
	}

	/**
	 * How many callers are connected.
	 */
	int connections() {
		return this.connections.size();
	}

	/**
	 * Where the upstream answers; known once it has been started.
	 */
	String baseUrl() {
		ServerSocket socket = this.listener;
		if (socket == null) {
			throw new IllegalStateException("The demo upstream is not running");
		}
		return "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
	}

	@Override
	public void stop() {
		ServerSocket socket = this.listener;
		this.listener = null;
		if (socket != null) {
			close(socket);
		}
		closeConnections();
	}

	private void closeConnections() {
		this.connections.forEach(MisbehavingUpstream::close);
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// nothing can be done about it and nothing depends on it
		}
	}

	@Override
	public boolean isRunning() {
		return this.listener != null;
	}

}
