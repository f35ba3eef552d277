/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import dev.holdfast.socket.SocketEntry;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * What pools have, joined with what the kernel says of it.
 */
final class Resources {

	private final Supplier<List<PoolSource>> sources;

	private final Sockets sockets;

	Resources(Supplier<List<PoolSource>> sources, Sockets sockets) {
		this.sources = sources;
		this.sockets = sockets;
	}

	Sockets sockets() {
		return this.sockets;
	}

	List<PoolSource> sources() {
		return this.sources.get();
	}

	List<PoolUse> pools() {
		return this.sources.get().stream().flatMap((source) -> source.pools().stream()).toList();
	}

	List<PoolSource.OpenConnection> connections() {
		return this.sources.get().stream().flatMap((source) -> source.connections().stream()).toList();
	}

	/**
	 * Connections that their peers have closed and their pools have not, by pool and
	 * peer.
	 * @param table the kernel's sockets
	 * @return what belongs to a pool, the most first
	 */
	List<HalfClosed> halfClosed(@Nullable SocketTable table) {
		if (table == null || table.states().getOrDefault(SocketState.CLOSE_WAIT, 0) == 0) {
			return List.of();
		}
		Map<String, HalfClosed> found = new TreeMap<>();
		for (PoolSource.OpenConnection open : connections()) {
			SocketEntry entry = table.find(open.ends().local(), open.ends().remote());
			if (entry != null && entry.state() == SocketState.CLOSE_WAIT) {
				found.merge(open.pool() + ' ' + open.target(), new HalfClosed(open.pool(), open.target(), 1),
						HalfClosed::plus);
			}
		}
		List<HalfClosed> most = new ArrayList<>(found.values());
		most.sort((left, right) -> Integer.compare(right.count(), left.count()));
		return most;
	}

	/**
	 * Connections in CLOSE_WAIT.
	 *
	 * @param pool name of the pool
	 * @param target the peer
	 * @param count how many there are
	 */
	record HalfClosed(String pool, String target, int count) {

		HalfClosed plus(HalfClosed other) {
			return new HalfClosed(this.pool, this.target, this.count + other.count);
		}

	}

}
