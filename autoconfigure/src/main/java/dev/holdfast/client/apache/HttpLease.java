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
		return this.call.operation();
	}

	@Override
	public Origin origin() {
		return this.call.holder().origin();
	}

	@Override
	public Use use() {
		return this.call.use();
	}

	static Activity activity(Call call) {
		if (!call.isWaiting()) {
			return Activity.APPLICATION;
		}
		return switch (call.phase()) {
			case DNS, CONNECT, TLS -> Activity.CONNECTING;
			case WRITE -> Activity.SENDING;
			case HEADERS, BODY -> Activity.RECEIVING;
			case LEASE, BACKOFF -> Activity.APPLICATION;
		};
	}

	@Override
	public boolean isStream() {
		return this.call.isStream();
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
