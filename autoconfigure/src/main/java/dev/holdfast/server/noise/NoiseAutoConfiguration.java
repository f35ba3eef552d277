/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.util.EnumSet;

import dev.holdfast.report.Mode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Auto-configuration of what becomes of failures that only say that a client has gone.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(FilterRegistrationBean.class)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NoiseProperties.class)
public final class NoiseAutoConfiguration {

	@Bean
	NoiseReport holdfastNoiseReport(NoiseProperties properties) {
		return new NoiseReport(properties.mode());
	}

	@Bean
	ConnectionNoise holdfastConnectionNoise() {
		return new ConnectionNoise();
	}

	@Bean
	FilterRegistrationBean<NoiseFilter> holdfastNoiseFilter(ConnectionNoise noise, NoiseProperties properties) {
		FilterRegistrationBean<NoiseFilter> registration = new FilterRegistrationBean<>(
				new NoiseFilter(noise, properties.mode() == Mode.ENFORCE));
		registration.setName("holdfastConnectionNoise");
		registration.setEnabled(properties.mode() != Mode.OFF);
		// outside of observations, which see what was thrown
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
		return registration;
	}

	/**
	 * What needs Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HandlerExceptionResolver.class)
	static final class MvcConfiguration {

		@Bean
		GoneClientResolver holdfastGoneClientResolver(ConnectionNoise noise, NoiseProperties properties) {
			return new GoneClientResolver(noise, properties.mode());
		}

	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		NoiseMetrics holdfastNoiseMetrics(ConnectionNoise noise) {
			return new NoiseMetrics(noise);
		}

	}

}
