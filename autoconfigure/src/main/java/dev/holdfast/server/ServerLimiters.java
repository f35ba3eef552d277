/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.concurrency.Lane;
import dev.holdfast.concurrency.LaneSettings;
import dev.holdfast.concurrency.Limiter;
import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.concurrency.Priority;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The limiters of the inbound server: {@code server} for the application and
 * {@code excluded}, small, for probes, endpoints and what the user excludes. Until the
 * server has started the numbers are those for a server of unknown capacity.
 */
final class ServerLimiters {

	static final String SERVER = "server";

	static final String EXCLUDED = "excluded";

	private static final String PROBES = "probes";

	private static final String HEALTH = "health";

	private final Map<String, Limiter> limiters = new LinkedHashMap<>();

	private final Limits.Chosen chosen;

	private final Limiter server;

	private final Limiter excluded;

	private final Lane probes;

	private final Lane health;

	private volatile ServerCapacity capacity;

	private volatile Limits limits;

	private volatile boolean ownThreads = true;

	ServerLimiters(Mode mode, Duration maxWait, Limits.Chosen chosen, Map<String, LaneSettings> routes, boolean virtual,
			Ticker ticker) {
		this.chosen = chosen;
		this.capacity = new ServerCapacity("server", ServerCapacity.UNKNOWN, ServerCapacity.UNKNOWN, virtual,
				ServerCapacity.UNKNOWN);
		this.limits = Limits.of(chosen, this.capacity, true);
		this.server = new Limiter(serverSettings(mode, maxWait), routes, ticker);
		// probes may use all of it, health as a whole 90 % and everything else 60 %, so
		// that
		// a slow endpoint leaves room
		this.excluded = new Limiter(excludedSettings(mode, maxWait),
				Map.of(PROBES, new LaneSettings(null, Priority.CRITICAL, null), HEALTH,
						new LaneSettings(null, Priority.DEFAULT, null)),
				ticker);
		this.excluded.update(this.excluded.defaultLane(), (before) -> new LaneSettings(null, Priority.DEGRADED, null));
		this.probes = Objects.requireNonNull(this.excluded.lane(PROBES));
		this.health = Objects.requireNonNull(this.excluded.lane(HEALTH));
		this.limiters.put(SERVER, this.server);
		this.limiters.put(EXCLUDED, this.excluded);
	}

	private LimiterSettings serverSettings(Mode mode, Duration maxWait) {
		return new LimiterSettings(mode, this.limits.limit(), this.limits.maxQueued(), this.limits.burstQueued(),
				maxWait, this.limits.asyncLimit());
	}

	private LimiterSettings excludedSettings(Mode mode, Duration maxWait) {
		int limit = this.limits.excludedLimit();
		return new LimiterSettings(mode, limit, limit, maxWait, limit);
	}

	/**
	 * Takes the numbers over that follow from a running server.
	 * @param live what the server can carry
	 * @param ownThreads whether its number of threads is our default
	 */
	void resolve(ServerCapacity live, boolean ownThreads) {
		this.capacity = live;
		this.ownThreads = ownThreads;
		this.limits = Limits.of(this.chosen, live, ownThreads);
		this.server.update((before) -> serverSettings(before.mode(), before.maxWait()));
		this.excluded.update((before) -> excludedSettings(before.mode(), before.maxWait()));
	}

	Limiter server() {
		return this.server;
	}

	Limiter excluded() {
		return this.excluded;
	}

	Lane probes() {
		return this.probes;
	}

	Lane health() {
		return this.health;
	}

	@Nullable Limiter byName(String name) {
		return this.limiters.get(name);
	}

	Map<String, Limiter> all() {
		return this.limiters;
	}

	ServerCapacity capacity() {
		return this.capacity;
	}

	Limits.Chosen chosen() {
		return this.chosen;
	}

	/**
	 * What was worked out, before anybody changed it at run time.
	 * @return the numbers
	 */
	Limits limits() {
		return this.limits;
	}

	boolean hasOwnThreads() {
		return this.ownThreads;
	}

}
