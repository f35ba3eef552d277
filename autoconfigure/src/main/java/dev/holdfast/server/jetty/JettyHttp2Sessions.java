/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;

/**
 * Has Jetty send GOAWAY to its HTTP/2 connections. Their streams are still answered, and
 * a connection without streams is closed at once. Apart from the rest because HTTP/2 is
 * optional.
 */
final class JettyHttp2Sessions {

	// not the shutdown of the container: that also turns away whoever comes later, for
	// good
	void shutdown(Connector connector) {
		connector.getConnectionFactories()
			.stream()
			.filter(AbstractHTTP2ServerConnectionFactory.class::isInstance)
			.map(AbstractHTTP2ServerConnectionFactory.class::cast)
			.flatMap((factory) -> factory.getBeans(SessionContainer.class).stream())
			.flatMap((container) -> container.getSessions().stream())
			.forEach(JettyHttp2Sessions::shutdown);
	}

	// nobody waits for the last stream here
	private static void shutdown(Session session) {
		CompletableFuture<Void> unused = session.shutdown();
	}

}
