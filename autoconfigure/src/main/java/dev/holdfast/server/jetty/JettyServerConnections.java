/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.holdfast.inflight.ServerConnections;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * What a drain does to the connections of the application's own Jetty. That of the
 * management server are left alone: it answers probes to the end.
 */
final class JettyServerConnections implements ServerConnections, ApplicationListener<WebServerInitializedEvent> {

	private final ApplicationContext context;

	private final Http2Sessions http2;

	private final HttpConfiguration.Customizer chunking = new LastResponseChunking();

	// where connections were kept alive before
	private final Set<HttpConfiguration> announced = ConcurrentHashMap.newKeySet();

	private volatile @Nullable JettyWebServer server;

	JettyServerConnections(ApplicationContext context, Http2Sessions http2) {
		this.context = context;
		this.http2 = http2;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof JettyWebServer jetty
				&& event.getApplicationContext().equals(this.context)) {
			this.server = jetty;
		}
	}

	@Override
	public int open() {
		return (int) endPoints().count();
	}

	@Override
	public void announceClose() {
		connectors().forEach((connector) -> {
			allowPauses(connector);
			configurations(connector).filter(HttpConfiguration::isPersistentConnectionsEnabled)
				.forEach((configuration) -> {
					this.announced.add(configuration);
					configuration.addCustomizer(this.chunking);
					configuration.setPersistentConnectionsEnabled(false);
				});
			this.http2.goAway(connector);
		});
	}

	// once its port is closed Jetty ends what pauses for a second: an upload, for one
	private static void allowPauses(Connector connector) {
		if (connector instanceof AbstractConnector abstractConnector) {
			abstractConnector.setShutdownIdleTimeout(connector.getIdleTimeout());
		}
	}

	@Override
	public void resume() {
		this.http2.forget();
		this.announced.removeIf((configuration) -> {
			configuration.setPersistentConnectionsEnabled(true);
			configuration.removeCustomizer(this.chunking);
			return true;
		});
	}

	@Override
	public int closeIdle(Duration quiet) {
		int closed = (int) endPoints().filter((endPoint) -> IdleHttpConnection.close(endPoint, quiet)).count();
		return closed + connectors().mapToInt((connector) -> this.http2.closeQuiet(connector, quiet)).sum();
	}

	private Stream<EndPoint> endPoints() {
		return connectors().flatMap((connector) -> connector.getConnectedEndPoints().stream());
	}

	private Stream<Connector> connectors() {
		JettyWebServer running = this.server;
		return (running != null) ? Arrays.stream(running.getServer().getConnectors()).filter(Connector::isRunning)
				: Stream.empty();
	}

	private static Stream<HttpConfiguration> configurations(Connector connector) {
		return connector.getConnectionFactories()
			.stream()
			.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
			.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration());
	}

}
