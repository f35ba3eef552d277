/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import dev.holdfast.lifetime.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Auto-configuration of what Holdfast does with the WebSockets of Spring's handlers.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@ConditionalOnClass({ WebSocketHttpRequestHandler.class, SimpleUrlHandlerMapping.class })
public final class WebSocketAutoConfiguration {

	@Bean
	static WebSocketPostProcessor holdfastWebSocketPostProcessor(ObjectProvider<WebSocketDrain> drain) {
		return new WebSocketPostProcessor(drain);
	}

	@Bean
	OpenSessions holdfastWebSocketSessions() {
		return new OpenSessions();
	}

	@Bean
	WebSocketDrain holdfastWebSocketDrain(OpenSessions sessions) {
		return new WebSocketDrain(sessions, Ticker.system());
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		WebSocketMetrics holdfastWebSocketMetrics(OpenSessions sessions) {
			return new WebSocketMetrics(sessions);
		}

	}

}
