/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import org.jspecify.annotations.Nullable;

/**
 * Importance of the request that a thread works for, for calls that pass it on.
 */
public final class CurrentPriority {

	private static final ThreadLocal<@Nullable Priority> CURRENT = new ThreadLocal<>();

	private CurrentPriority() {
	}

	/**
	 * Importance of the calling thread's work.
	 * @return the priority, {@code null} if its route has none
	 */
	public static @Nullable Priority get() {
		return CURRENT.get();
	}

	/**
	 * Sets the importance of the calling thread's work.
	 * @param priority the priority, {@code null} for none
	 */
	public static void set(@Nullable Priority priority) {
		if (priority != null) {
			CURRENT.set(priority);
		}
		else if (CURRENT.get() != null) {
			CURRENT.remove();
		}
	}

}
