/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import dev.holdfast.client.PoolSettings;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.PoolSource;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How old connections get. Each draws its age when it is first used, so that connections
 * which were opened together are not closed together; the pool itself drops what is older
 * than any may get. What the application has set stays.
 */
final class Ages implements Resolver<HttpRoute, ConnectionConfig> {

	private static final double SPREAD = 0.1;

	private final @Nullable Resolver<HttpRoute, ConnectionConfig> configured;

	private final PoolSettings settings;

	/** When a connection is used no more. Connections know no equality but identity. */
	private final Map<HttpClientConnection, Age> ends = new ConcurrentHashMap<>();

	private volatile @Nullable Merged merged;

	private volatile boolean idleConfigured;

	Ages(@Nullable Resolver<HttpRoute, ConnectionConfig> configured, PoolSettings settings) {
		this.configured = configured;
		this.settings = settings;
	}

	/**
	 * What is in force for connections of a route, asked by the pool at each lease.
	 */
	@Override
	public ConnectionConfig resolve(HttpRoute route) {
		ConnectionConfig own = (this.configured != null) ? this.configured.resolve(route) : ConnectionConfig.DEFAULT;
		Merged known = this.merged;
		if (known == null || known.own() != own) {
			known = new Merged(own, merge((own != null) ? own : ConnectionConfig.DEFAULT));
			this.merged = known;
		}
		return known.config();
	}

	private ConnectionConfig merge(ConnectionConfig own) {
		ConnectionConfig.Builder config = ConnectionConfig.copy(own);
		if (own.getTimeToLive() == null) {
			config.setTimeToLive(TimeValue.ofMilliseconds((long) (this.settings.maxAge().toMillis() * (1 + SPREAD))));
		}
		if (own.getIdleTimeout() == null) {
			config.setIdleTimeout(Timeout.ofMilliseconds(this.settings.idle().toMillis()));
		}
		else {
			this.idleConfigured = true;
		}
		return config.build();
	}

	/**
	 * Whether a connection is too old for another request.
	 * @param connection the connection
	 * @param target its peer
	 * @return {@code true} once it is over its age
	 */
	boolean isOver(HttpClientConnection connection, String target) {
		long now = System.nanoTime();
		Age age = this.ends.get(connection);
		if (age == null) {
			double factor = 1 - SPREAD + 2 * SPREAD * ThreadLocalRandom.current().nextDouble();
			this.ends.put(connection, new Age(now + (long) (this.settings.maxAge().toNanos() * factor), target));
			return false;
		}
		return now - age.end() >= 0;
	}

	/**
	 * The open connections that have been used at least once, in use or idle.
	 * @param client name of the client
	 * @return both ends of each
	 */
	List<PoolSource.OpenConnection> open(String client) {
		List<PoolSource.OpenConnection> open = new ArrayList<>();
		this.ends.forEach((connection, age) -> {
			Ends ends = connection.isOpen() ? HttpLease.ends(connection) : null;
			if (ends != null) {
				open.add(new PoolSource.OpenConnection(client, age.target(), ends));
			}
		});
		return open;
	}

	void forget(HttpClientConnection connection) {
		this.ends.remove(connection);
	}

	void forgetClosed() {
		this.ends.keySet().removeIf((connection) -> !connection.isOpen());
	}

	/**
	 * Whether the application has an idle limit of its own, which the pool enforces.
	 * @return {@code true} once one was seen
	 */
	boolean isIdleConfigured() {
		return this.idleConfigured;
	}

	/**
	 * How long a connection is used.
	 *
	 * @param end when it is used no more
	 * @param target its peer
	 */
	private record Age(long end, String target) {
	}

	/**
	 * The last merge: as a rule there is one configuration for all routes.
	 *
	 * @param own what the application has set
	 * @param config with our limits where it has set nothing
	 */
	private record Merged(@Nullable ConnectionConfig own, ConnectionConfig config) {
	}

}
