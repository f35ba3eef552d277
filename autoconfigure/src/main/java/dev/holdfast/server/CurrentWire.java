/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import org.jspecify.annotations.Nullable;

/**
 * The connection that a thread brings requests from, set by servers that give each thread
 * one of its own: for them a slot of the thread costs less than an attribute of every
 * request.
 *
 * @since 0.1.0
 */
public final class CurrentWire {

	private static final ThreadLocal<@Nullable Wire> CURRENT = new ThreadLocal<>();

	private CurrentWire() {
	}

	/**
	 * The connection of the calling thread.
	 * @return its wire, {@code null} where it has none
	 */
	public static @Nullable Wire get() {
		return CURRENT.get();
	}

	/**
	 * Sets the connection of the calling thread.
	 * @param wire its wire, {@code null} for none
	 */
	public static void set(@Nullable Wire wire) {
		// an empty slot keeps nothing, and taking it away costs more
		CURRENT.set(wire);
	}

}
