/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.socket.EphemeralPorts;
import dev.holdfast.socket.Sockets;

/**
 * Opens and closes connections to itself until one fails, while another thread asks how
 * many ports are used, as a meter would do. A JVM of its own, in a network namespace of
 * its own; it ends by itself.
 */
public final class PortStorm {

	/** Outside of the range that runs out. */
	private static final int SERVICE_PORT = 8080;

	private static final double MUCH = 0.8;

	private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Sockets sockets = Sockets.ofThisMachine();

	private final AtomicInteger opened = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private int announced = -1;

	private long announcedNanos;

	private double most;

	private PortStorm() {
	}

	public static void main(String[] args) throws Exception {
		Locale.setDefault(Locale.ROOT);
		System.out.println(new PortStorm().run(Integer.parseInt(args[0]), Integer.parseInt(args[1])).line());
	}

	private StormResult run(int perSecond, int limit) throws Exception {
		try (ServerSocket server = new ServerSocket(SERVICE_PORT, 1000, InetAddress.getLoopbackAddress())) {
			daemon(() -> serve(server));
			Thread watch = daemon(this::watch);
			String error = "";
			long begin = System.nanoTime();
			while (error.isEmpty() && this.opened.get() < limit) {
				Pace.until(begin + this.opened.get() * TimeUnit.SECONDS.toNanos(1) / perSecond);
				error = open(server);
			}
			long end = System.nanoTime();
			this.over.set(true);
			watch.join();
			int failed = error.isEmpty() ? -1 : this.opened.get();
			boolean both = failed >= 0 && this.announced >= 0;
			return new StormResult(this.opened.get(), this.announced, failed,
					both ? TimeUnit.NANOSECONDS.toMillis(end - this.announcedNanos) : 0, this.most, error);
		}
	}

	/**
	 * A client that closes first: its port is what stays in TIME_WAIT.
	 */
	private String open(ServerSocket server) {
		try {
			new Socket(server.getInetAddress(), SERVICE_PORT).close();
			this.opened.incrementAndGet();
			return "";
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static void serve(ServerSocket server) {
		try {
			while (true) {
				try (Socket accepted = server.accept()) {
					// until the client has closed
					accepted.getInputStream().read();
				}
			}
		}
		catch (IOException ex) {
			// the storm is over
		}
	}

	private void watch() {
		while (!this.over.get()) {
			int opened = this.opened.get();
			EphemeralPorts ports = this.sockets.ephemeralPorts();
			if (ports != null) {
				this.most = Math.max(this.most, ports.ratio());
				if (ports.ratio() > MUCH && this.announced < 0) {
					this.announced = opened;
					this.announcedNanos = System.nanoTime();
				}
			}
			LockSupport.parkNanos(ASK_NANOS);
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
