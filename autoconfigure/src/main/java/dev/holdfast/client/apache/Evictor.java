/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes what has been idle for too long, in all pools, on one thread. HttpClient's own
 * evictor is one thread per client and ends with the first exception.
 */
final class Evictor implements AutoCloseable {

	static final long ROUND = TimeUnit.SECONDS.toNanos(5);

	private static final Logger LOGGER = System.getLogger(Evictor.class.getName());

	private final List<BoundedPool> pools = new CopyOnWriteArrayList<>();

	private final Map<BoundedPool, Runnable> retired = new ConcurrentHashMap<>();

	private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

	private final Thread thread = new Thread(this::run, "holdfast-client-evictor");

	private volatile boolean closed;

	private final AtomicBoolean started = new AtomicBoolean();

	private final Runnable ended;

	Evictor(Runnable ended) {
		this.ended = ended;
		this.thread.setDaemon(true);
	}

	/**
	 * Starts the thread, with the first that needs it.
	 */
	private void start() {
		if (this.started.compareAndSet(false, true)) {
			this.thread.start();
		}
	}

	/**
	 * Where clients are found that nobody has any more.
	 * @return the queue
	 */
	ReferenceQueue<Object> collected() {
		return this.collected;
	}

	/**
	 * Closes a pool as soon as nobody reads from its connections.
	 * @param pool the pool
	 * @param closed told when it is closed
	 */
	void retire(BoundedPool pool, Runnable closed) {
		this.retired.put(pool, closed);
	}

	void add(BoundedPool pool) {
		this.pools.add(pool);
		start();
	}

	private void run() {
		try {
			rounds();
		}
		finally {
			if (!this.closed) {
				this.ended.run();
			}
		}
	}

	private void rounds() {
		while (!this.closed) {
			LockSupport.parkNanos(this, ROUND);
			Thread.interrupted();
			this.pools.forEach(Evictor::evict);
			ClientReference.handle(this.collected, Evictor::attempt);
			this.retired.keySet().stream().filter(BoundedPool::isUnused).toList().forEach(this::close);
		}
	}

	// one pool that fails must not keep the others from being looked after
	private static void evict(BoundedPool pool) {
		try {
			pool.evict();
		}
		catch (Throwable ex) {
			LOGGER.log(Level.WARNING, "Idle connections of client '" + pool.stats().client() + "' were not closed", ex);
		}
	}

	// whoever is told may fail: a meter registry, for one
	private static void attempt(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			LOGGER.log(Level.WARNING, "What belonged to a client that nobody has any more was not all removed", ex);
		}
	}

	private void close(BoundedPool pool) {
		Runnable told = this.retired.remove(pool);
		this.pools.remove(pool);
		attempt(pool::close);
		if (told != null) {
			attempt(told);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
		this.pools.forEach(BoundedPool::close);
	}

}
