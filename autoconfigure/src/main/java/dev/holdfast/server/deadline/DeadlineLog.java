/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which requests were ended, and which were late and run on: one line per route and
 * minute, with the number of those that were not said since the line before.
 */
final class DeadlineLog {

	private static final Logger LOGGER = LoggerFactory.getLogger(DeadlineLog.class);

	private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

	/** Templates are few; whoever makes them at run time must not fill the memory. */
	private static final int MOST_ROUTES = 1000;

	private final Map<String, Episode> episodes = new ConcurrentHashMap<>();

	private final Ticker ticker;

	DeadlineLog(Ticker ticker) {
		this.ticker = ticker;
	}

	void ended(RunningRequest request, Duration limit) {
		Long unsaid = turn(request, "ended ");
		if (unsaid != null) {
			LOGGER.warn(
					"Ended {} {} (handler {}): no answer within {} ms of its body; {} more since the line before; "
							+ "holdfast.routes.*.deadline gives the route more time",
					request.method(), request.route(), request.handler(), limit.toMillis(), unsaid);
		}
	}

	void runsOn(RunningRequest request, Duration limit) {
		Long unsaid = turn(request, "late ");
		if (unsaid != null) {
			LOGGER.info("Late: {} {} (handler {}) has not been answered within {} ms of its body and runs on, because "
					+ "it may change something; {} more since the line before; holdfast.routes.*.cancel=all ends it",
					request.method(), request.route(), request.handler(), limit.toMillis(), unsaid);
		}
	}

	void closed(RunningRequest request, Duration closeAfter) {
		Long unsaid = turn(request, "closed ");
		if (unsaid != null) {
			LOGGER.warn("Closed the connection of {} {} (handler {}): its handler has gone on for {} ms after its time "
					+ "was over, and keeps its permit; {} more since the line before; /actuator/inflight shows where it is",
					request.method(), request.route(), request.handler(), closeAfter.toMillis(), unsaid);
		}
	}

	private @Nullable Long turn(RunningRequest request, String kind) {
		String route = (request.route() != null) ? request.route() : "";
		String key = kind + request.method() + " " + ((this.episodes.size() < MOST_ROUTES) ? route : "");
		return this.episodes.computeIfAbsent(key, (same) -> new Episode(this.ticker.nanos() - QUIET_NANOS))
			.turn(this.ticker.nanos());
	}

	/**
	 * What was said about a route.
	 */
	private static final class Episode {

		private final AtomicLong saidNanos;

		private final AtomicLong unsaid = new AtomicLong();

		Episode(long saidNanos) {
			this.saidNanos = new AtomicLong(saidNanos);
		}

		@Nullable Long turn(long now) {
			long before = this.saidNanos.get();
			if (now - before >= QUIET_NANOS && this.saidNanos.compareAndSet(before, now)) {
				return this.unsaid.getAndSet(0);
			}
			this.unsaid.incrementAndGet();
			return null;
		}

	}

}
