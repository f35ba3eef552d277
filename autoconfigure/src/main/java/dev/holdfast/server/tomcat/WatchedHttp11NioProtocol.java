/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.util.List;

import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own protocol, which also tells its open sockets, and each request its
 * connection: there is no other way to them. Public because Tomcat creates it by name.
 *
 * @since 0.1.0
 */
public final class WatchedHttp11NioProtocol extends Http11NioProtocol {

	private static final int ANY_NUMBER = -1;

	private volatile boolean sparesHandshakes;

	/**
	 * Called by Tomcat.
	 */
	public WatchedHttp11NioProtocol() {
	}

	/**
	 * Spares handshakes the bound on requests per connection: at a bound of one the
	 * answer says that it is the last, which strict clients refuse.
	 * @param now whether they are spared from now on
	 */
	void spareHandshakes(boolean now) {
		this.sparesHandshakes = now;
	}

	// asked for each request, on its thread
	@Override
	public int getMaxKeepAliveRequests() {
		return (this.sparesHandshakes && SocketWire.isHandshake()) ? ANY_NUMBER : super.getMaxKeepAliveRequests();
	}

	@Override
	protected Processor createProcessor() {
		return WatchedHttp11Processor.of(this);
	}

	@Override
	public @Nullable UpgradeProtocol getNegotiatedProtocol(String name) {
		return watched(super.getNegotiatedProtocol(name));
	}

	@Override
	public @Nullable UpgradeProtocol getUpgradeProtocol(String name) {
		return watched(super.getUpgradeProtocol(name));
	}

	private static @Nullable UpgradeProtocol watched(@Nullable UpgradeProtocol protocol) {
		return (protocol != null) ? new WatchedUpgradeProtocol(protocol) : null;
	}

	// asked for each response with a body while its headers are prepared
	@Override
	public boolean useCompression(Request request, Response response) {
		SocketWire.headersAreWritten(response);
		return super.useCompression(request, response);
	}

	List<NioSocketWrapper> sockets() {
		return getEndpoint().getConnections()
			.stream()
			.filter(NioSocketWrapper.class::isInstance)
			.map(NioSocketWrapper.class::cast)
			.toList();
	}

}
