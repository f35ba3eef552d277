/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import dev.holdfast.report.Profile;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Auto-configuration of what the outbound clients need without any HTTP library:
 * settings, findings, meters and the endpoint.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(afterName = "org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration")
@ConditionalOnClass({ ClientHttpRequestFactory.class, HttpClientSettings.class })
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClientProperties.class)
public final class ClientAutoConfiguration {

	@Bean
	SettingsResolver holdfastClientSettings(ClientProperties properties, Environment environment) {
		Binder binder = Binder.get(environment);
		return new SettingsResolver(properties,
				binder.bind("holdfast.profile", Profile.class).orElseGet(() -> Profile.COMPATIBLE),
				ServiceGroups.of(binder));
	}

	@Bean
	Pools holdfastPools() {
		return new Pools();
	}

	@Bean
	ClientReport holdfastClientReport(SettingsResolver resolver, Pools pools,
			ObjectProvider<HttpClientSettings> settings, Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		return new ClientReport(resolver, pools, () -> settings.getIfAvailable(HttpClientSettings::defaults),
				environment, new BypassFindings(beanFactory));
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		ClientMetrics holdfastClientMetrics(Pools pools) {
			return new ClientMetrics(pools);
		}

	}

	/**
	 * What needs the actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static final class ActuatorConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint
		PoolsEndpoint poolsEndpoint(Pools pools) {
			return new PoolsEndpoint(pools);
		}

	}

}
