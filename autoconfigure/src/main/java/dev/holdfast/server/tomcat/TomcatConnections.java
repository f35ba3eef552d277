/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Counts the connections that clients have to each connector of each Tomcat, also of the
 * management server. Tomcat does not tell those that are idle: they count as in use.
 */
final class TomcatConnections implements PoolSource, ApplicationListener<WebServerInitializedEvent> {

	private final CopyOnWriteArrayList<TomcatWebServer> servers = new CopyOnWriteArrayList<>();

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof TomcatWebServer server) {
			this.servers.addIfAbsent(server);
		}
	}

	@Override
	public List<PoolUse> pools() {
		return this.servers.stream()
			.flatMap((server) -> Arrays.stream(server.getTomcat().getServer().findServices()))
			.flatMap((service) -> Arrays.stream(service.findConnectors()))
			.filter((connector) -> connector.getState().isAvailable())
			.flatMap((connector) -> use(connector).stream())
			.toList();
	}

	// nothing is counted where there is no bound
	private static Optional<PoolUse> use(Connector connector) {
		if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol
				&& protocol.getConnectionCount() >= 0) {
			// quoted for JMX
			String name = protocol.getName().replace("\"", "");
			return Optional.of(new PoolUse("server", name, active(protocol), 0, 0, protocol.getMaxConnections()));
		}
		return Optional.empty();
	}

	// the acceptor takes a place for the next connection before it waits for it, if one
	// is left
	static int active(AbstractProtocol<?> protocol) {
		long count = protocol.getConnectionCount();
		return (int) ((count < protocol.getMaxConnections()) ? Math.max(0, count - 1) : count);
	}

}
