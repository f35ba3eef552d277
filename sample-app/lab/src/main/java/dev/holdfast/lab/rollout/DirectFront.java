/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What a client knows of the instances: each is asked once a second whether it is ready,
 * and requests go to those in turn that were so when they were asked last.
 */
final class DirectFront implements Front {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final List<Watched> instances = new CopyOnWriteArrayList<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final Thread watcher = new Thread(this::watch, "readiness");

	private volatile boolean closed;

	static DirectFront start() {
		DirectFront front = new DirectFront();
		front.watcher.setDaemon(true);
		front.watcher.start();
		return front;
	}

	private void watch() {
		while (!this.closed) {
			this.instances.forEach((watched) -> watched.ready = watched.instance.isReady());
			LockSupport.parkNanos(INTERVAL.toNanos());
		}
	}

	/**
	 * Where the next request goes.
	 * @return port of an instance
	 * @throws IOException if none is ready
	 */
	int next() throws IOException {
		List<Watched> ready = this.instances.stream().filter((watched) -> watched.ready).toList();
		if (ready.isEmpty()) {
			throw new NoRouteToHostException("No instance is ready");
		}
		return ready.get(Math.floorMod(this.turn.getAndIncrement(), ready.size())).instance.port();
	}

	@Override
	public void put(Destination instance) {
		this.instances.add(new Watched(instance));
	}

	@Override
	public void remove(Destination instance) {
		this.instances.removeIf((watched) -> watched.instance == instance);
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.watcher);
	}

	private static final class Watched {

		private final Destination instance;

		private volatile boolean ready = true;

		private Watched(Destination instance) {
			this.instance = instance;
		}

	}

}
