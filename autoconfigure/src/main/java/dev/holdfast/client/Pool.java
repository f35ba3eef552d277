/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.List;
import java.util.Map;

/**
 * A pool of connections, as it is shown.
 */
public interface Pool {

	/**
	 * What is counted about it.
	 * @return the counts
	 */
	ClientStats stats();

	/**
	 * What is in force.
	 * @return the settings
	 */
	ClientSettings settings();

	/**
	 * Connections now, by target.
	 * @return scheme, host and port, to the connections
	 */
	Map<String, Connections> connectionsByTarget();

	/**
	 * Who holds connections.
	 * @param target scheme, host and port
	 * @return a line each, those that hold them longest first
	 */
	List<String> holders(String target);

	/**
	 * Connections at most.
	 * @return to one peer, and in all
	 */
	Max max();

	/**
	 * Where the pool was created, if that was while a request was served.
	 * @return whether it was
	 */
	boolean createdInRequest();

	/**
	 * Connections at most.
	 *
	 * @param perRoute to one peer
	 * @param total in all
	 */
	record Max(int perRoute, int total) {
	}

	/**
	 * Connections to one peer.
	 *
	 * @param leased in use
	 * @param idle open and free
	 * @param pending calls that wait for one
	 * @param max at most
	 */
	record Connections(int leased, int idle, int pending, int max) {

		static final Connections NONE = new Connections(0, 0, 0, 0);

		int open() {
			return this.leased + this.idle;
		}

		/**
		 * Sum of two.
		 * @param other the other
		 * @return both together
		 */
		public Connections plus(Connections other) {
			return new Connections(this.leased + other.leased, this.idle + other.idle, this.pending + other.pending,
					this.max + other.max);
		}

	}

}
