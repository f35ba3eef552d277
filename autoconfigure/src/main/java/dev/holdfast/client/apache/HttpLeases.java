/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.holdfast.client.Pool;
import dev.holdfast.client.Pools;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;

/**
 * The connections of all bounded clients.
 */
final class HttpLeases implements PoolSource {

	private final Pools pools;

	private final Watchdog watchdog;

	HttpLeases(Pools pools, Watchdog watchdog) {
		this.pools = pools;
		this.watchdog = watchdog;
	}

	@Override
	public List<PoolUse> pools() {
		return this.pools.all().stream().map(HttpLeases::use).toList();
	}

	private static PoolUse use(Pool pool) {
		int active = 0;
		int idle = 0;
		int pending = 0;
		for (Pool.Connections now : pool.connectionsByTarget().values()) {
			active += now.leased();
			idle += now.idle();
			pending += now.pending();
		}
		return new PoolUse("http", pool.stats().client(), active, idle, pending, pool.max().total());
	}

	@Override
	public List<Lease> leases() {
		List<Lease> leases = new ArrayList<>();
		for (Call call : this.watchdog.calls()) {
			if (call.endpoint() != null) {
				leases.add(new HttpLease(call));
			}
		}
		return leases;
	}

	@Override
	public List<OpenConnection> connections() {
		// a connection is known to its pool once it was given back for the first time
		Set<OpenConnection> open = new LinkedHashSet<>();
		for (Lease lease : leases()) {
			Ends ends = lease.ends();
			if (ends != null) {
				open.add(new OpenConnection(lease.pool(), lease.target(), ends));
			}
		}
		for (Pool pool : this.pools.all()) {
			if (pool instanceof BoundedPool bounded) {
				open.addAll(bounded.ages().open(pool.stats().client()));
			}
		}
		return List.copyOf(open);
	}

}
