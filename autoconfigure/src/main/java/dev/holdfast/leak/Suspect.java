/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import org.jspecify.annotations.Nullable;

/**
 * A lease that is suspected, as it was looked at last.
 *
 * @param lease the lease
 * @param kind what is likely to be the matter
 * @param evidence what speaks for it, in words
 * @param use how it was used then
 * @since 0.1.0
 */
public record Suspect(Lease lease, SuspicionKind kind, String evidence, Use use) {

	/**
	 * The thread that took the lease. Not kept here: it may be what holds the response.
	 * @return the thread, {@code null} if it has ended
	 */
	public @Nullable Thread owner() {
		return this.lease.owner();
	}

}
