/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.OptionalInt;

/**
 * The numbers of the admission, worked out from what the user set and what the server can
 * carry.
 * <p>
 * <b>Platform threads.</b> The server queues in front of every filter, so some threads
 * must be free to refuse and to answer probes: limit, waiters and excluded requests
 * together stay below the threads, but for the moment that a burst may last. The limit is
 * what the server ran before Holdfast: its default of {@value #STOCK_THREADS} threads is
 * raised to {@value ServerDefaults#THREADS} for that. Of a number that the user chose a
 * tenth, {@value #LARGEST_RESERVE} at most, is kept free: that limit is so much lower.
 * <p>
 * <b>Virtual threads.</b> Nothing bounds them on Tomcat, so the limit is the only bound;
 * Jetty has a cap on its tasks, which is treated like threads.
 *
 * @param limit requests that run at the same time
 * @param maxQueued requests that may wait
 * @param burstQueued requests that may wait beyond that for a moment: what threads there
 * are; none where the user chose how many may wait
 * @param asyncLimit requests in asynchronous processing
 * @param excludedLimit requests of health and actuator paths
 */
record Limits(int limit, int maxQueued, int burstQueued, int asyncLimit, int excludedLimit) {

	static final int STOCK_THREADS = 200;

	static final int VIRTUAL_LIMIT = 1000;

	private static final int LARGEST_RESERVE = 20;

	private static final int MOST_WAITERS = 60;

	/** Threads that waiters leave alone, for refusals, probes and endpoints. */
	private static final int SPARED_BY_WAITERS = 8;

	/** Tasks that waiters leave alone where virtual threads are capped. */
	private static final int SPARED_BY_VIRTUAL_WAITERS = 40;

	private static final int UNBOUNDED = Integer.MAX_VALUE;

	private static final int STOCK_CONNECTIONS = 8192;

	/**
	 * Works the numbers out.
	 * @param chosen what the user set, empty where it is "auto"
	 * @param capacity what the server can carry
	 * @param ownThreads whether the number of threads is our default
	 * @return the numbers in force
	 */
	static Limits of(Chosen chosen, ServerCapacity capacity, boolean ownThreads) {
		int limit = chosen.limit().orElseGet(() -> autoLimit(capacity, ownThreads));
		int maxQueued = chosen.maxQueued().orElseGet(() -> autoMaxQueued(capacity, limit));
		int connections = (capacity.maxConnections() > 0) ? capacity.maxConnections() : STOCK_CONNECTIONS;
		int asyncLimit = chosen.asyncLimit().orElse(Math.max(1, (int) (connections * 0.8)));
		int left = capacity.isBounded() ? capacity.usableThreads() - limit - maxQueued : UNBOUNDED;
		int burstQueued = (chosen.maxQueued().isPresent() || left == UNBOUNDED) ? 0 : Math.max(0, left);
		return new Limits(limit, maxQueued, burstQueued, asyncLimit, clamp(left / 2, 2, 8));
	}

	private static int autoLimit(ServerCapacity capacity, boolean ownThreads) {
		if (!capacity.isBounded()) {
			return capacity.virtual() ? VIRTUAL_LIMIT : STOCK_THREADS;
		}
		int most = leavingSomeFree(capacity.usableThreads());
		if (capacity.virtual()) {
			return Math.min(VIRTUAL_LIMIT, most);
		}
		return ownThreads ? Math.min(STOCK_THREADS, most) : most;
	}

	/**
	 * How many usable threads a user sets to get a limit.
	 * @param limit the limit
	 * @return the fewest threads that it follows from
	 */
	static int threadsFor(int limit) {
		int threads = limit + 1;
		while (leavingSomeFree(threads) < limit) {
			threads++;
		}
		return threads;
	}

	private static int leavingSomeFree(int threads) {
		return Math.max(1, threads - clamp(threads / 10, 1, LARGEST_RESERVE));
	}

	private static int autoMaxQueued(ServerCapacity capacity, int limit) {
		if (capacity.virtual()) {
			int most = Math.max(10, limit);
			return capacity.isBounded() ? clamp(capacity.usableThreads() - limit - SPARED_BY_VIRTUAL_WAITERS, 0, most)
					: most;
		}
		return capacity.isBounded() ? clamp(capacity.usableThreads() - limit - SPARED_BY_WAITERS, 0, MOST_WAITERS)
				: MOST_WAITERS;
	}

	private static int clamp(int value, int least, int most) {
		return Math.max(least, Math.min(most, value));
	}

	/**
	 * What the user set.
	 *
	 * @param limit number, or empty for "auto"
	 * @param maxQueued number, or empty for "auto"
	 * @param asyncLimit number, or empty for "auto"
	 */
	record Chosen(OptionalInt limit, OptionalInt maxQueued, OptionalInt asyncLimit) {
	}

}
