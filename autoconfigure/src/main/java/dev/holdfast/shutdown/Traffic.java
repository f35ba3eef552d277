/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.inflight.ServerConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests and connections that a drain looks at.
 */
final class Traffic {

	/**
	 * From this much before the end of the delay idle connections are closed. Not before:
	 * as long as a peer may not know that it should go, its connection is useful.
	 */
	static final Duration SWEEP = Duration.ofSeconds(1);

	/** A connection that was used a moment ago may have its next request on the way. */
	static final Duration QUIET = Duration.ofMillis(200);

	private static final Logger LOGGER = LoggerFactory.getLogger(Traffic.class);

	private final RunningRequests running;

	private final Supplier<List<ServerConnections>> servers;

	private final AtomicInteger hooks = new AtomicInteger();

	private volatile long busyNanos;

	private volatile long begunThen;

	Traffic(RunningRequests running, Supplier<List<ServerConnections>> servers) {
		this.running = running;
		this.servers = servers;
	}

	/**
	 * Requests that run, without the hook that waits for them to end.
	 * @return the number now
	 */
	int inFlight() {
		return Math.max(0, this.running.size() - this.hooks.get());
	}

	long begun() {
		return this.running.begun();
	}

	RunningRequests running() {
		return this.running;
	}

	void hookBegins() {
		this.hooks.incrementAndGet();
	}

	void hookEnds() {
		this.hooks.decrementAndGet();
	}

	/**
	 * Silence is counted from here.
	 * @param now the time now
	 */
	void beginToObserve(long now) {
		this.begunThen = begun();
		this.busyNanos = now;
	}

	void observe(long now) {
		long begun = begun();
		if (inFlight() > 0 || begun != this.begunThen) {
			this.begunThen = begun;
			this.busyNanos = now;
		}
	}

	/**
	 * For how long nothing has run.
	 * @param now the time now
	 * @return time in nanoseconds, as far as {@link #observe} has seen
	 */
	long silence(long now) {
		return now - this.busyNanos;
	}

	int open() {
		return this.servers.get().stream().mapToInt(ServerConnections::open).sum();
	}

	void announceClose() {
		each(ServerConnections::announceClose);
	}

	void resume() {
		each(ServerConnections::resume);
	}

	void closeIdle() {
		each((server) -> server.closeIdle(QUIET));
	}

	private void each(Consumer<ServerConnections> action) {
		for (ServerConnections server : this.servers.get()) {
			try {
				action.accept(server);
			}
			catch (RuntimeException ex) {
				// the rest of the drain is worth more than this
				LOGGER.warn("A server could not be told of the drain", ex);
			}
		}
	}

}
