/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import dev.holdfast.lifetime.Ticker;
import org.apache.catalina.connector.Connector;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration of what is particular to Tomcat.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@ConditionalOnClass(TomcatWebServer.class)
@RegisterReflection(classes = WatchedHttp11NioProtocol.class,
		memberCategories = { MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS })
public final class TomcatAutoConfiguration {

	@Bean
	TomcatCapacityReader holdfastTomcatCapacityReader() {
		return new TomcatCapacityReader();
	}

	@Bean
	TomcatConnections holdfastTomcatConnections() {
		return new TomcatConnections();
	}

	@Bean
	TomcatServerConnections holdfastTomcatServerConnections(ApplicationContext context) {
		return new TomcatServerConnections(context, Ticker.system());
	}

	/**
	 * Makes sockets known to a drain, unless the application has chosen a protocol.
	 * @return the customizer
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> holdfastWatchedProtocol() {
		return (factory) -> {
			if (factory.getProtocol().equals(TomcatWebServerFactory.DEFAULT_PROTOCOL)
					&& ClassUtils.isVisible(WatchedHttp11NioProtocol.class, Connector.class.getClassLoader())) {
				factory.setProtocol(WatchedHttp11NioProtocol.class.getName());
			}
		};
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> holdfastUnreadBodyValve() {
		return (factory) -> factory.addEngineValves(new UnreadBodyValve());
	}

	/**
	 * Measures how long requests wait for a processor on virtual threads. Without an
	 * order it comes after Boot's, which sets the executor.
	 * @return the customizer
	 */
	@Bean
	@ConditionalOnThreading(Threading.VIRTUAL)
	WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> holdfastMeasuredTomcatThreads() {
		return (factory) -> factory.addProtocolHandlerCustomizers(MeasuredVirtualThreads::install);
	}

}
