/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.jspecify.annotations.Nullable;

/**
 * The call that a thread makes: the connection manager is not told for whom it works.
 */
final class CurrentCall {

	// a place that stays: to remove a value and to set it again costs more than to keep
	// it. Not a class of ours: threads of a container outlive an application
	private static final ThreadLocal<@Nullable Object[]> CURRENT = ThreadLocal.withInitial(() -> new Object[1]);

	private CurrentCall() {
	}

	static @Nullable Call get() {
		return (Call) CURRENT.get()[0];
	}

	/**
	 * Sets the call of the calling thread.
	 * @param call the call, {@code null} for none
	 * @return the one before, to be put back
	 */
	static @Nullable Call replace(@Nullable Call call) {
		@Nullable Object[] place = CURRENT.get();
		Call before = (Call) place[0];
		place[0] = call;
		return before;
	}

}
