/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.util.List;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;

/**
 * Tomcat's own protocol, which also tells its open sockets: there is no other way to
 * them. It changes nothing else. Public because Tomcat creates it by name.
 *
 * @since 0.1.0
 */
public final class WatchedHttp11NioProtocol extends Http11NioProtocol {

	/**
	 * Called by Tomcat.
	 */
	public WatchedHttp11NioProtocol() {
	}

	List<NioSocketWrapper> sockets() {
		return getEndpoint().getConnections()
			.stream()
			.filter(NioSocketWrapper.class::isInstance)
			.map(NioSocketWrapper.class::cast)
			.toList();
	}

}
