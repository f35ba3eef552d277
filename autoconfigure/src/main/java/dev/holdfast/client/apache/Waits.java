/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.CallLimits;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How long a call waits for its peer.
 *
 * @param header longest wait for the headers, in nanoseconds
 * @param idle longest wait for the next bytes of the body, in nanoseconds
 */
record Waits(long header, long idle) {

	/**
	 * What the application has set for the request goes before the client's limits.
	 * @param asked what the application has set, if anything
	 * @param limits limits of the client
	 * @return what is in force
	 */
	static Waits of(@Nullable Timeout asked, CallLimits limits) {
		return (asked != null && asked.isEnabled()) ? new Waits(asked.toNanoseconds(), asked.toNanoseconds())
				: new Waits(limits.header().toNanos(), limits.idle().toNanos());
	}

}
