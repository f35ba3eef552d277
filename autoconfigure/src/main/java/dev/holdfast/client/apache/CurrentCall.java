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

	private static final ThreadLocal<@Nullable Call> CURRENT = new ThreadLocal<>();

	private CurrentCall() {
	}

	static @Nullable Call get() {
		return CURRENT.get();
	}

	/**
	 * Sets the call of the calling thread.
	 * @param call the call, {@code null} for none
	 * @return the one before, to be put back
	 */
	static @Nullable Call replace(@Nullable Call call) {
		Call before = CURRENT.get();
		if (call == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(call);
		}
		return before;
	}

}
