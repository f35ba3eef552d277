/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.server.ConcurrencyAutoConfiguration;
import dev.holdfast.socket.Sockets;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the disconnect watch.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = ConcurrencyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DisconnectProperties.class)
public final class DisconnectAutoConfiguration {

	@Bean
	DisconnectSettings holdfastDisconnectSettings(DisconnectProperties properties) {
		return DisconnectSettings.of(properties);
	}

	@Bean
	Departures holdfastDepartures(DisconnectSettings settings) {
		return new Departures(settings);
	}

	@Bean
	ChannelWatch holdfastChannelWatch(DisconnectSettings settings, Departures departures,
			ObjectProvider<Sockets> sockets) {
		Suspects suspects = new Suspects(sockets.getIfAvailable(Sockets::ofThisMachine), settings.halfClose(),
				Ticker.system());
		return new ChannelWatch(settings.halfClose(), suspects, (request) -> departures.noticed(request.running()));
	}

	@Bean
	DisconnectWatch holdfastDisconnectWatch(DisconnectSettings settings, ChannelWatch channels, Departures departures) {
		return new DisconnectWatch(settings, channels, departures);
	}

	@Bean
	DisconnectReport holdfastDisconnectReport(DisconnectSettings settings, DisconnectWatch watch,
			Environment environment) {
		return new DisconnectReport(settings, watch, environment);
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		DisconnectMetrics holdfastDisconnectMetrics(Departures departures) {
			return new DisconnectMetrics(departures);
		}

	}

}
