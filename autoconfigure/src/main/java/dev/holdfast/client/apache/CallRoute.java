/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.apache.hc.client5.http.HttpRoute;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, and where it was meant to go before it was redirected.
 */
final class CallRoute {

	private final BoundedPool pool;

	private volatile @Nullable RouteKey key;

	private volatile String origin = "";

	private @Nullable HttpRoute planned;

	CallRoute(BoundedPool pool) {
		this.pool = pool;
	}

	/**
	 * Says where the call goes next.
	 * @param route the route, as the client has planned it
	 * @return its key
	 */
	@SuppressWarnings("ReferenceEquality")
	RouteKey plan(HttpRoute route) {
		RouteKey known = this.key;
		if (known != null && this.planned == route) {
			return known;
		}
		RouteKey next = this.pool.connections().key(route);
		if (known == null) {
			this.origin = next.target();
		}
		this.planned = route;
		this.key = next;
		return next;
	}

	/**
	 * Scheme, host and port that the application has asked for.
	 * @return the origin
	 */
	String origin() {
		return this.origin;
	}

	RouteKey key() {
		RouteKey known = this.key;
		if (known == null) {
			throw new IllegalStateException("The call has no target yet");
		}
		return known;
	}

	/**
	 * Scheme, host and port of the peer.
	 * @return the target, empty before there is one
	 */
	String target() {
		RouteKey known = this.key;
		return (known != null) ? known.target() : "";
	}

}
