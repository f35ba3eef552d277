/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.holdfast.inflight.ServerConnections;
import dev.holdfast.lifetime.Ticker;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * What a drain does to the connections of the application's own Tomcat. That of the
 * management server are left alone: it answers probes to the end.
 */
final class TomcatServerConnections implements ServerConnections, ApplicationListener<WebServerInitializedEvent> {

	private final ApplicationContext context;

	private final QuietSockets quietSockets;

	private final GoAwaySender goAway = new GoAwaySender();

	// bounds on requests per connection as they were
	private final Map<AbstractHttp11Protocol<?>, Integer> announced = new ConcurrentHashMap<>();

	private volatile @Nullable TomcatWebServer server;

	TomcatServerConnections(ApplicationContext context, Ticker ticker) {
		this.context = context;
		this.quietSockets = new QuietSockets(ticker);
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof TomcatWebServer tomcat
				&& event.getApplicationContext().equals(this.context)) {
			this.server = tomcat;
			http1().forEach(GoAwaySender::allowLateStreams);
		}
	}

	@Override
	public int open() {
		int open = 0;
		for (AbstractProtocol<?> protocol : protocols()) {
			open += open(protocol);
		}
		return open;
	}

	private static int open(AbstractProtocol<?> protocol) {
		return (protocol instanceof WatchedHttp11NioProtocol watched) ? watched.sockets().size()
				: Math.max(0, TomcatConnections.active(protocol));
	}

	// Tomcat asks for the bound at each request, and at a bound of one each is the last
	@Override
	public void announceClose() {
		List<AbstractHttp11Protocol<?>> protocols = http1();
		for (AbstractHttp11Protocol<?> protocol : protocols) {
			this.announced.computeIfAbsent(protocol, (key) -> {
				int before = protocol.getMaxKeepAliveRequests();
				protocol.setMaxKeepAliveRequests(1);
				spareHandshakes(protocol, true);
				return before;
			});
		}
		this.goAway.send(protocols, this.announced::containsKey);
		this.quietSockets.look(sockets());
	}

	@Override
	public void resume() {
		this.goAway.forget();
		for (AbstractHttp11Protocol<?> protocol : this.announced.keySet()) {
			this.announced.computeIfPresent(protocol, (key, before) -> {
				protocol.setMaxKeepAliveRequests(before);
				spareHandshakes(protocol, false);
				return null;
			});
		}
	}

	private static void spareHandshakes(AbstractHttp11Protocol<?> protocol, boolean now) {
		if (protocol instanceof WatchedHttp11NioProtocol watched) {
			watched.spareHandshakes(now);
		}
	}

	@Override
	public int closeIdle(Duration quiet) {
		return this.quietSockets.close(sockets(), quiet);
	}

	private List<NioSocketWrapper> sockets() {
		List<NioSocketWrapper> sockets = new ArrayList<>();
		for (AbstractProtocol<?> protocol : protocols()) {
			if (protocol instanceof WatchedHttp11NioProtocol watched) {
				sockets.addAll(watched.sockets());
			}
		}
		return sockets;
	}

	private List<AbstractHttp11Protocol<?>> http1() {
		List<AbstractHttp11Protocol<?>> http1 = new ArrayList<>();
		for (AbstractProtocol<?> protocol : protocols()) {
			if (protocol instanceof AbstractHttp11Protocol<?> http) {
				http1.add(http);
			}
		}
		return http1;
	}

	private List<AbstractProtocol<?>> protocols() {
		TomcatWebServer running = this.server;
		if (running == null) {
			return List.of();
		}
		List<AbstractProtocol<?>> protocols = new ArrayList<>();
		for (Service service : running.getTomcat().getServer().findServices()) {
			for (Connector connector : service.findConnectors()) {
				if (connector.getState().isAvailable()
						&& connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
					protocols.add(protocol);
				}
			}
		}
		return protocols;
	}

}
