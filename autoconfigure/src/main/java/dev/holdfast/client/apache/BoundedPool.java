/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.ClientStats;
import dev.holdfast.client.Pool;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.leak.CallSites;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * One client: its pool, its settings and what is counted about it.
 */
final class BoundedPool implements Pool {

	/** Holders that are named when the pool is exhausted. */
	private static final int NAMED = 5;

	private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);

	private final ClientSettings settings;

	private final ClientStats stats;

	private final PoolingHttpClientConnectionManager manager;

	private final BoundedConnections connections;

	private final Lookups lookups;

	private final Ages ages;

	private final Watchdog watchdog;

	private final AttemptObserver observer;

	private final CallSites sites;

	private final boolean createdInRequest;

	private volatile @Nullable Snapshot snapshot;

	BoundedPool(ClientSettings settings, ClientStats stats, PoolingHttpClientConnectionManager manager, Lookups lookups,
			Ages ages, Watchdog watchdog, AttemptObserver observer, CallSites sites, boolean createdInRequest) {
		this.settings = settings;
		this.stats = stats;
		this.manager = manager;
		this.connections = new BoundedConnections(manager, this);
		this.lookups = lookups;
		this.ages = ages;
		this.watchdog = watchdog;
		this.observer = observer;
		this.sites = sites;
		this.createdInRequest = createdInRequest;
	}

	Call begin(String method) {
		return new Call(this, Ticker.system(), method, this.observer.template());
	}

	void watch(Call call) {
		recordSite(call);
		this.watchdog.watch(call);
	}

	/**
	 * Records where the call comes from, if leases of its kind to its peer are suspected.
	 * What follows a redirect is suspected where the redirect leads to.
	 * @param call the call, on its own thread
	 */
	void recordSite(Call call) {
		if (this.sites.isArmed() && call.holder().taken() == null) {
			call.holder().took(this.sites.take(this.stats.client(), call.route().target(), HttpLease.operation(call)));
		}
	}

	void finished(Call call) {
		this.watchdog.forget(call);
	}

	BoundedConnections connections() {
		return this.connections;
	}

	Lookups lookups() {
		return this.lookups;
	}

	boolean enforces() {
		return this.settings.mode() == Mode.ENFORCE;
	}

	/**
	 * Whether the limits of a call are held by the watchdog.
	 * @return {@code false} while it only observes, and once its thread has ended
	 */
	boolean isGuarded() {
		return enforces() && !this.watchdog.isGone();
	}

	@Override
	public ClientStats stats() {
		return this.stats;
	}

	@Override
	public ClientSettings settings() {
		return this.settings;
	}

	/**
	 * Asked for every meter of every target, and takes the pool's lock for each: a little
	 * old is new enough.
	 */
	@Override
	public Map<String, Connections> connectionsByTarget() {
		Snapshot known = this.snapshot;
		long now = System.nanoTime();
		if (known == null || now - known.nanos() > FRESH) {
			known = new Snapshot(count(), now);
			this.snapshot = known;
		}
		return known.connections();
	}

	private Map<String, Connections> count() {
		Map<String, Connections> byTarget = new TreeMap<>();
		for (HttpRoute route : this.manager.getRoutes()) {
			PoolStats now = this.manager.getStats(route);
			String target = this.connections.key(route).stats().target();
			byTarget.merge(target, new Connections(now.getLeased(), now.getAvailable(), now.getPending(), now.getMax()),
					Connections::plus);
		}
		return byTarget;
	}

	@Override
	public List<String> holders(String target) {
		return holding(target).map(BoundedPool::line).toList();
	}

	private Stream<Call> holding(String target) {
		return this.watchdog.calls()
			.stream()
			.filter((call) -> call.pool() == this && call.endpoint() != null && call.route().target().equals(target))
			.sorted((left, right) -> Long.signum(left.begun() - right.begun()));
	}

	private static String line(Call call) {
		String what = call.template().isEmpty() ? call.method() + " " + call.route().target()
				: HttpLease.operation(call);
		return String.format(Locale.ROOT, "%s for %.1f s in phase %s by %s", what, call.ageNanos() / 1e9,
				call.phase().label(), call.holder().threadName());
	}

	/**
	 * Says who holds all connections to a peer.
	 * @param target the peer
	 * @param terms what the call may take
	 * @return text for a message
	 */
	String exhausted(RouteKey target, Terms terms) {
		PoolStats route = this.manager.getStats(target.route());
		PoolStats total = this.manager.getTotalStats();
		List<Call> all = holding(target.target()).toList();
		List<String> holders = new ArrayList<>(all.stream().limit(NAMED).map(BoundedPool::line).toList());
		if (all.size() > NAMED) {
			holders.add((all.size() - NAMED) + " more");
		}
		return String.format(Locale.ROOT,
				"no connection within %d ms (%s): %d of %d to this peer and %d of %d in all "
						+ "are in use, %d calls wait (holdfast.client.max-connections-per-route, "
						+ "holdfast.client.max-connections). Held by: %s",
				terms.of(CallPhase.LEASE).toMillis(), terms.setting(CallPhase.LEASE), route.getLeased(), route.getMax(),
				total.getLeased(), total.getMax(), total.getPending(),
				holders.isEmpty() ? "calls to other peers" : String.join("; ", holders));
	}

	@Override
	public Max max() {
		return new Max(this.manager.getDefaultMaxPerRoute(), this.manager.getMaxTotal());
	}

	@Override
	public boolean createdInRequest() {
		return this.createdInRequest;
	}

	/**
	 * Closes what has been idle for too long.
	 */
	void evict() {
		this.manager.closeExpired();
		if (!this.ages.isIdleConfigured()) {
			this.manager.closeIdle(TimeValue.ofMilliseconds(this.settings.pool().idle().toMillis()));
		}
		this.ages.forgetClosed();
	}

	Ages ages() {
		return this.ages;
	}

	boolean isUnused() {
		return this.manager.getTotalStats().getLeased() == 0;
	}

	void close() {
		this.manager.close(CloseMode.GRACEFUL);
		this.lookups.close();
	}

	/**
	 * Connections at a moment.
	 *
	 * @param connections by target
	 * @param nanos the moment
	 */
	private record Snapshot(Map<String, Connections> connections, long nanos) {
	}

}
