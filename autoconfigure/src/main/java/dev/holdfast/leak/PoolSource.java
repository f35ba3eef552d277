/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.List;

/**
 * Something that lends connections, or counts them. Every bean of this type is looked at
 * and shown in the {@code leaks} endpoint.
 *
 * @since 0.1.0
 */
public interface PoolSource {

	/**
	 * The pools and what they hold now.
	 * @return the figures; empty before there are pools
	 */
	List<PoolUse> pools();

	/**
	 * What is lent now. Asked about once a second: it must not take a lock that callers
	 * wait for.
	 * @return the leases; empty if single leases are not known
	 */
	default List<Lease> leases() {
		return List.of();
	}

	/**
	 * Open connections, lent or not, so that rows of the kernel's table can be told
	 * apart.
	 * @return the connections; empty if they are not known
	 */
	default List<OpenConnection> connections() {
		return List.of();
	}

	/**
	 * A connection of a pool.
	 *
	 * @param pool name of the pool
	 * @param target the peer
	 * @param ends both ends
	 */
	record OpenConnection(String pool, String target, Ends ends) {
	}

}
