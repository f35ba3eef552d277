/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Counts the connections that clients have to each connector of each Jetty, also of the
 * management server. Jetty does not tell those that are idle: they count as in use. A
 * bound holds for all connectors of a server together.
 */
final class JettyConnections implements PoolSource, ApplicationListener<WebServerInitializedEvent> {

	private final CopyOnWriteArrayList<JettyWebServer> servers = new CopyOnWriteArrayList<>();

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof JettyWebServer server) {
			this.servers.addIfAbsent(server);
		}
	}

	@Override
	public List<PoolUse> pools() {
		List<PoolUse> uses = new ArrayList<>();
		for (JettyWebServer server : this.servers) {
			int max = JettyCapacityReader.maxConnections(server.getServer());
			for (Connector connector : server.getServer().getConnectors()) {
				if (connector.isRunning()) {
					uses.add(new PoolUse("server", name(connector), connector.getConnectedEndPoints().size(), 0, 0,
							max));
				}
			}
		}
		return uses;
	}

	private static String name(Connector connector) {
		String name = Objects.requireNonNullElse(connector.getName(), "jetty");
		return (connector instanceof NetworkConnector network) ? name + "-" + network.getLocalPort() : name;
	}

}
