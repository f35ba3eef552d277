/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import dev.holdfast.server.Wire;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Tells each request its {@link Wire} on its way from the connection to the application:
 * here both are known.
 */
final class WiringAdapter implements Adapter {

	private final Adapter adapter;

	// one thread at a time has the connection
	private @Nullable SocketWire connection;

	/**
	 * The adapter of one connection.
	 * @param adapter adapter of Tomcat
	 */
	WiringAdapter(Adapter adapter) {
		this.adapter = adapter;
	}

	/**
	 * Says that the requests to come have a connection of their own.
	 * @param wire the connection, {@code null} for none: requests are streams
	 */
	void connect(@Nullable SocketWire wire) {
		this.connection = wire;
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		SocketWire own = this.connection;
		if (own == null) {
			request.setAttribute(Wire.ATTRIBUTE, new StreamWire(request));
			this.adapter.service(request, response);
			return;
		}
		this.adapter.service(request, response);
		own.isOver(response);
	}

	@Override
	public boolean prepare(Request request, Response response) throws Exception {
		return this.adapter.prepare(request, response);
	}

	@Override
	public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
		return this.adapter.asyncDispatch(request, response, event);
	}

	@Override
	public void log(Request request, Response response, long time) {
		this.adapter.log(request, response, time);
	}

	@Override
	public void checkRecycled(Request request, Response response) {
		this.adapter.checkRecycled(request, response);
	}

	@Override
	public String getDomain() {
		return this.adapter.getDomain();
	}

}
