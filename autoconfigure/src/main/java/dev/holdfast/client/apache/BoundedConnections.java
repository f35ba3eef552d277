/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallLimits;
import dev.holdfast.client.CloseReason;
import dev.holdfast.failure.CallPhase;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connection manager that the client sees, around the one that Boot has built: one
 * route per peer, limits for the lease and the connection, and no way for the client to
 * close what others use. An {@link Error} inside the client would close the pool for good
 * otherwise (HTTPCLIENT-1924).
 */
final class BoundedConnections implements HttpClientConnectionManager, ConnPoolControl<HttpRoute> {

	/** Routes whose key is remembered. */
	private static final int MAX_KEYS = 1000;

	/** A wait that has ended leaves the queue after this time at the latest. */
	private static final long QUEUE_SLACK = 1000;

	/** Least share for one of several addresses: time to send a lost packet again. */
	private static final long LEAST_SHARE = TimeUnit.SECONDS.toNanos(1);

	private final PoolingHttpClientConnectionManager inner;

	private final BoundedPool pool;

	private final Map<HttpRoute, RouteKey> keys = new ConcurrentHashMap<>();

	BoundedConnections(PoolingHttpClientConnectionManager inner, BoundedPool pool) {
		this.inner = inner;
		this.pool = pool;
	}

	RouteKey key(HttpRoute route) {
		RouteKey known = this.keys.get(route);
		if (known != null) {
			return known;
		}
		HttpRoute normal = RouteKey.normalise(route);
		String target = normal.getTargetHost().toURI();
		RouteKey key = new RouteKey(normal, target, this.pool.stats().target(target));
		if (this.keys.size() < MAX_KEYS) {
			this.keys.put(route, key);
		}
		return key;
	}

	@Override
	public LeaseRequest lease(String id, HttpRoute route, @Nullable Timeout timeout, @Nullable Object state) {
		Call call = CurrentCall.get();
		RouteKey key = (call != null) ? call.route().plan(route) : key(route);
		// the wait is bounded in get(): a deadline inside the pool that passes first is
		// another way to lose a connection that comes in that moment. Afterwards it tells
		// the pool not to count who has given up
		CallLimits limits = (call != null) ? call.terms().limits() : this.pool.settings().limits();
		Timeout queued = this.pool.enforces() ? Timeout.ofMilliseconds(limits.lease().toMillis() + QUEUE_SLACK)
				: Timeout.ofDays(1);
		return new BoundedLease(this.inner, this.inner.lease(id, key.route(), queued, state), key, this.pool, call);
	}

	@Override
	public void connect(ConnectionEndpoint endpoint, @Nullable TimeValue timeout, HttpContext context)
			throws IOException {
		BoundedEndpoint bounded = (BoundedEndpoint) endpoint;
		Call call = bounded.call();
		if (call == null) {
			this.inner.connect(bounded.inner(), timeout, context);
			return;
		}
		long start = System.nanoTime();
		try {
			connect(bounded, call, timeout, context);
			bounded.connected();
			bounded.target().stats().opened();
			bounded.target().stats().connects().record(System.nanoTime() - start);
		}
		catch (Error ex) {
			bounded.discard();
			throw ex;
		}
	}

	private void connect(BoundedEndpoint bounded, Call call, @Nullable TimeValue timeout, HttpContext context)
			throws IOException {
		HttpRoute route = bounded.target().route();
		long limit = call.terms().nanos(CallPhase.CONNECT);
		if (timeout != null && timeout.getDuration() > 0 && !call.terms().isGiven(CallPhase.CONNECT)) {
			limit = Math.min(limit, timeout.toNanoseconds());
		}
		if (route.getUnixDomainSocket() != null) {
			call.enter(CallPhase.CONNECT, limit);
			this.inner.connect(bounded.inner(), timeout, context);
			return;
		}
		Lookups lookups = this.pool.lookups();
		HttpHost hop = route.getTargetHost();
		if (route.getProxyHost() != null) {
			lookups.checkBehindProxy(hop, call);
			hop = route.getProxyHost();
		}
		List<InetAddress> addresses = lookups.resolve(hop, call);
		if (!this.pool.enforces()) {
			call.enter(CallPhase.CONNECT, limit);
			connect(bounded, new Lookups.Pinned(addresses, call, call.spent(CallPhase.CONNECT), limit), timeout,
					context);
			return;
		}
		connect(bounded, call, addresses, limit, context);
	}

	// one after the other, each with a fair share of what is left, and the last with all
	// of
	// it: a dead address must not use up the time of the others
	private void connect(BoundedEndpoint bounded, Call call, List<InetAddress> addresses, long limit,
			HttpContext context) throws IOException {
		long before = call.spent(CallPhase.CONNECT);
		for (int i = 0; i < addresses.size(); i++) {
			long left = call.left(CallPhase.CONNECT, limit, before);
			long share = Math.min(left, Math.max(LEAST_SHARE, left / (addresses.size() - i)));
			call.enter(CallPhase.CONNECT, left);
			try {
				connect(bounded, new Lookups.Pinned(List.of(addresses.get(i)), call, before, limit),
						TimeValue.ofMilliseconds(TimeUnit.NANOSECONDS.toMillis(share) + 1), context);
				return;
			}
			catch (IOException ex) {
				if (i == addresses.size() - 1 || call.isCut()) {
					throw ex;
				}
				// otherwise the next attempt takes the dead connection for an open one
				bounded.discard();
				call.rest();
			}
		}
	}

	private void connect(BoundedEndpoint bounded, Lookups.Pinned pinned, @Nullable TimeValue timeout,
			HttpContext context) throws IOException {
		Lookups.pin(pinned);
		try {
			this.inner.connect(bounded.inner(), timeout, context);
		}
		finally {
			Lookups.unpin();
		}
	}

	@Override
	public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
		BoundedEndpoint bounded = (BoundedEndpoint) endpoint;
		try {
			this.inner.upgrade(bounded.inner(), context);
		}
		catch (Error ex) {
			bounded.discard();
			throw ex;
		}
	}

	@Override
	public void release(ConnectionEndpoint endpoint, @Nullable Object state, @Nullable TimeValue keepAlive) {
		BoundedEndpoint bounded = (BoundedEndpoint) endpoint;
		if (!bounded.release()) {
			return;
		}
		boolean worn = isWorn(bounded);
		CloseReason reason = bounded.closeReason(keepAlive != null);
		if (reason == null && worn) {
			reason = (bounded.requests() >= this.pool.settings().pool().maxRequests()) ? CloseReason.MAX_REQUESTS
					: CloseReason.EXPIRED;
		}
		if (reason != null && reason != CloseReason.EXPIRED) {
			bounded.target().stats().closed(reason);
		}
		if (bounded.call() != null) {
			bounded.call().released(bounded);
		}
		this.inner.release(bounded.inner(), state, worn ? null : keepAlive);
	}

	private boolean isWorn(BoundedEndpoint bounded) {
		HttpClientConnection connection = bounded.connection();
		if (connection == null) {
			return false;
		}
		boolean worn = bounded.requests() >= this.pool.settings().pool().maxRequests()
				|| this.pool.ages().isOver(connection, bounded.target().target());
		if (worn || !bounded.inner().isConnected()) {
			this.pool.ages().forget(connection);
		}
		return worn;
	}

	/**
	 * What the client asks for when an {@link Error} has passed through it; the pool is
	 * closed by its owner.
	 */
	@Override
	public void close(CloseMode closeMode) {
		// the lease of the failed call is given back by the guard
	}

	@Override
	public void close() {
		close(CloseMode.GRACEFUL);
	}

	@Override
	public void setMaxTotal(int max) {
		this.inner.setMaxTotal(max);
	}

	@Override
	public int getMaxTotal() {
		return this.inner.getMaxTotal();
	}

	@Override
	public void setDefaultMaxPerRoute(int max) {
		this.inner.setDefaultMaxPerRoute(max);
	}

	@Override
	public int getDefaultMaxPerRoute() {
		return this.inner.getDefaultMaxPerRoute();
	}

	@Override
	public void setMaxPerRoute(HttpRoute route, int max) {
		this.inner.setMaxPerRoute(RouteKey.normalise(route), max);
	}

	@Override
	public int getMaxPerRoute(HttpRoute route) {
		return this.inner.getMaxPerRoute(RouteKey.normalise(route));
	}

	@Override
	public void closeIdle(TimeValue idleTime) {
		this.inner.closeIdle(idleTime);
	}

	@Override
	public void closeExpired() {
		this.inner.closeExpired();
	}

	@Override
	public Set<HttpRoute> getRoutes() {
		return this.inner.getRoutes();
	}

	@Override
	public PoolStats getTotalStats() {
		return this.inner.getTotalStats();
	}

	@Override
	public PoolStats getStats(HttpRoute route) {
		return this.inner.getStats(RouteKey.normalise(route));
	}

}
