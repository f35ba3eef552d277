/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import org.jspecify.annotations.Nullable;

/**
 * An inbound request that a lease was taken in.
 *
 * @param method its method, empty outside of a request
 * @param route template of its route, empty if none has matched
 * @param handler the method that handled it, empty if there was none
 * @param over whether it has ended
 * @since 0.1.0
 */
public record Origin(String method, String route, String handler, boolean over) {

	/** Outside of a request. */
	public static final Origin NONE = new Origin("", "", "", false);

	/**
	 * A request of which not everything may be known.
	 * @param method its method
	 * @param route template of its route, {@code null} if none has matched
	 * @param handler the method that handles it, {@code null} if there is none
	 * @param over whether it has ended
	 * @return the origin
	 */
	public static Origin of(String method, @Nullable String route, @Nullable String handler, boolean over) {
		return new Origin(method, (route != null) ? route : "", (handler != null) ? handler : "", over);
	}

}
