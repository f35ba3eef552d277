/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Auto-configuration of what is particular to Jetty.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@ConditionalOnClass(JettyWebServer.class)
public final class JettyAutoConfiguration {

	private static final int ACCEPT_QUEUE = 1024;

	@Bean
	JettyCapacityReader holdfastJettyCapacityReader() {
		return new JettyCapacityReader();
	}

	@Bean
	JettyConnections holdfastJettyConnections() {
		return new JettyConnections();
	}

	@Bean
	JettyServerConnections holdfastJettyServerConnections(ApplicationContext context,
			ObjectProvider<Http2Sessions> http2) {
		return new JettyServerConnections(context, http2.getIfAvailable(() -> Http2Sessions.NONE));
	}

	/**
	 * Jetty's default of 50 connections in the accept queue overflows when clients
	 * reconnect after refusals.
	 * @return the customizer
	 */
	@Bean
	WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> holdfastAcceptQueue() {
		return (factory) -> factory.addServerCustomizers((server) -> {
			for (Connector connector : server.getConnectors()) {
				if (connector instanceof ServerConnector serverConnector && serverConnector.getAcceptQueueSize() == 0) {
					serverConnector.setAcceptQueueSize(ACCEPT_QUEUE);
				}
			}
		});
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> holdfastWiringHandler() {
		return (factory) -> factory.addServerCustomizers((server) -> server.insertHandler(new WiringHandler()));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AbstractHTTP2ServerConnectionFactory.class)
	static final class Http2Configuration {

		@Bean
		JettyHttp2Sessions holdfastJettyHttp2Sessions() {
			return new JettyHttp2Sessions();
		}

	}

}
