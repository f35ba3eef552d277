/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool has lent. Two objects for the same lease are equal. It holds
 * nothing that would keep alive what the application got with it, such as a response or
 * its stream.
 *
 * @since 0.1.0
 */
public interface Lease {

	/**
	 * Name of the pool: of the client, of the data source.
	 * @return the name
	 */
	String pool();

	/**
	 * The peer.
	 * @return scheme, host and port, or what names the peer otherwise; never a path, a
	 * query or credentials
	 */
	String target();

	/**
	 * What it was taken for.
	 * @return method and URI template such as {@code GET /quotes/{id}}, empty if unknown
	 */
	String operation();

	/**
	 * The inbound request that it was taken in.
	 * @return the request, {@link Origin#NONE} outside of one
	 */
	Origin origin();

	/**
	 * How it is used now.
	 * @return a snapshot
	 */
	Use use();

	/**
	 * Whether what it is used for may be silent, or slow, for as long as it likes: an
	 * event stream.
	 * @return {@code true} if time and rate say nothing
	 */
	boolean isStream();

	/**
	 * Whether what the application got with it has been garbage-collected, so that nobody
	 * can ever give it back.
	 * @return {@code true} if it is certainly lost
	 */
	boolean isCollected();

	/**
	 * The thread that took it.
	 * @return the thread, {@code null} if it has ended or is not known
	 */
	@Nullable Thread owner();

	/**
	 * Where it was taken, if that was recorded.
	 * @return a throwable made for its stack, {@code null} if none was
	 */
	@Nullable Throwable taken();

	/**
	 * Both ends of the connection.
	 * @return the addresses, {@code null} as long as it is not open or if they are not
	 * known
	 */
	@Nullable Ends ends();

	/**
	 * Takes it back: closes the connection and makes its place in the pool free. Whoever
	 * still uses it gets an exception.
	 * @return {@code false} if it had been given back before
	 */
	boolean reclaim();

}
