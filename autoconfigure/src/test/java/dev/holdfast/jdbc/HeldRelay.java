/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server, and can keep what the first connection sends on
 * its way. Other connections pass.
 */
final class HeldRelay implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger opened = new AtomicInteger();

	private final AtomicInteger passed = new AtomicInteger();

	private final int target;

	private volatile CountDownLatch open = new CountDownLatch(0);

	private volatile boolean holding;

	HeldRelay(int target) throws IOException {
		this.target = target;
		this.threads.execute(this::listen);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * From now on the first connection's bytes stay here.
	 */
	void hold() {
		this.open = new CountDownLatch(1);
	}

	/**
	 * Whether there are such bytes.
	 */
	boolean isHolding() {
		return this.holding;
	}

	void release() {
		this.open.countDown();
	}

	/**
	 * Connections after the first that were served to their end.
	 */
	int passed() {
		return this.passed.get();
	}

	private void listen() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				boolean first = this.opened.getAndIncrement() == 0;
				Socket server = new Socket(this.listener.getInetAddress(), this.target);
				this.threads.execute(() -> copy(client, server, first));
				this.threads.execute(() -> {
					copy(server, client, false);
					if (!first) {
						this.passed.incrementAndGet();
					}
				});
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void copy(Socket from, Socket to, boolean held) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] bytes = new byte[8192];
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				if (held) {
					this.holding = this.open.getCount() > 0;
					this.open.await();
					this.holding = false;
				}
				out.write(bytes, 0, count);
			}
		}
		catch (IOException ex) {
			// one of them has gone
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		this.threads.shutdownNow();
	}

}
