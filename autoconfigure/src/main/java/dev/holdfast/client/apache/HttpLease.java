/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.InetSocketAddress;

import dev.holdfast.leak.Activity;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Use;
import org.apache.hc.core5.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a call.
 *
 * @param call the call
 */
record HttpLease(Call call) implements Lease {

	@Override
	public String pool() {
		return this.call.pool().stats().client();
	}

	@Override
	public String target() {
		return this.call.route().target();
	}

	@Override
	public String operation() {
		return operation(this.call);
	}

	@Override
	public Origin origin() {
		return this.call.holder().origin();
	}

	/**
	 * Made while the call goes on, it may mix two moments that follow each other.
	 */
	@Override
	public Use use() {
		Flow flow = this.call.flow();
		long now = this.call.now();
		long since = this.call.since();
		long waited = this.call.spent(this.call.phase()) + (this.call.isWaiting() ? now - since : 0);
		return new Use(activity(this.call), now - this.call.leasedAt(), now - Math.max(since, flow.lastMoved()), waited,
				flow.bytes());
	}

	/**
	 * What a call is for.
	 * @param call the call
	 * @return method and, if it is known, the path of the template: what is given as a
	 * template may be an address with a key in its query
	 */
	static String operation(Call call) {
		return call.template().isEmpty() ? call.method() : call.method() + " " + Templates.path(call.template());
	}

	private static Activity activity(Call call) {
		if (!call.isWaiting()) {
			return call.isReturned() ? Activity.APPLICATION : Activity.PRODUCING;
		}
		return switch (call.phase()) {
			case DNS, CONNECT, TLS -> Activity.CONNECTING;
			case WRITE -> Activity.SENDING;
			case HEADERS, BODY -> Activity.RECEIVING;
			case LEASE, BACKOFF -> Activity.PRODUCING;
		};
	}

	@Override
	public boolean isStream() {
		return this.call.limit().isStream();
	}

	@Override
	public boolean isCollected() {
		return this.call.isCollected();
	}

	@Override
	public @Nullable Thread owner() {
		return this.call.holder().thread();
	}

	@Override
	public @Nullable Throwable taken() {
		return this.call.holder().taken();
	}

	@Override
	public @Nullable Ends ends() {
		BoundedEndpoint endpoint = this.call.endpoint();
		return (endpoint != null && endpoint.connection() != null) ? ends(endpoint.connection()) : null;
	}

	static @Nullable Ends ends(HttpConnection connection) {
		return (connection.getLocalAddress() instanceof InetSocketAddress local
				&& connection.getRemoteAddress() instanceof InetSocketAddress remote) ? new Ends(local, remote) : null;
	}

	@Override
	public boolean reclaim() {
		return this.call.reclaim();
	}

}
