/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel said of connections that were looked for.
 *
 * @since 0.1.0
 */
public final class Sighting {

	private final RowsByEnds rows;

	private final long readAtNanos;

	private final Duration cost;

	Sighting(RowsByEnds rows, long readAtNanos, Duration cost) {
		this.rows = rows;
		this.readAtNanos = readAtNanos;
		this.cost = cost;
	}

	/**
	 * When it was read, by the ticker of {@link Sockets}: nothing in it is older.
	 * @return nanoseconds
	 */
	public long readAtNanos() {
		return this.readAtNanos;
	}

	/**
	 * What the reading took.
	 * @return processor time
	 */
	public Duration cost() {
		return this.cost;
	}

	/**
	 * The socket of a connection.
	 * @param ends one of those that were looked for
	 * @return the row, {@code null} if the kernel has none
	 */
	public @Nullable SocketEntry find(SocketEnds ends) {
		return this.rows.find(ends.local(), ends.remote());
	}

}
