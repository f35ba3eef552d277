/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import org.jspecify.annotations.Nullable;

/**
 * The request that a thread works on.
 *
 * @since 0.1.0
 */
public final class CurrentRequest {

	private static final ThreadLocal<@Nullable RunningRequest> CURRENT = new ThreadLocal<>();

	private CurrentRequest() {
	}

	/**
	 * The request of the calling thread.
	 * @return the request, {@code null} outside of one
	 */
	public static @Nullable RunningRequest get() {
		return CURRENT.get();
	}

	/**
	 * Sets the request of the calling thread.
	 * @param request the request, {@code null} for none
	 */
	public static void set(@Nullable RunningRequest request) {
		// an empty slot keeps nothing, and taking it away costs more than all the rest
		CURRENT.set(request);
	}

}
