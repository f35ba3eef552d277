/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.inflight.ServerConnections;
import dev.holdfast.lifetime.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the drain.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@ConditionalOnClass(WebServerApplicationContext.class)
@EnableConfigurationProperties(ShutdownProperties.class)
public final class ShutdownAutoConfiguration {

	private static boolean isGraceful(Environment environment) {
		return !"immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"));
	}

	@Bean
	DrainPlan holdfastDrainPlan(ShutdownProperties properties, Environment environment) {
		return ShutdownValidation.plan(properties, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	JvmShutdown holdfastJvmShutdown() {
		return JvmShutdown.ofThisProcess();
	}

	@Bean
	Traffic holdfastTraffic(ObjectProvider<RunningRequests> requests, ObjectProvider<ServerConnections> servers) {
		return new Traffic(requests.getIfAvailable(() -> new RunningRequests(Ticker.system())),
				SingletonSupplier.of(() -> servers.orderedStream().toList())::obtain);
	}

	@Bean(destroyMethod = "close")
	Drain holdfastDrain(DrainPlan plan, Traffic traffic, ConfigurableApplicationContext context) {
		return new Drain(plan, traffic, new ContextSurroundings(context), Ticker.system());
	}

	@Bean
	PostponedListeners holdfastPostponedListeners() {
		return new PostponedListeners();
	}

	@Bean
	DrainOnClose holdfastDrainOnClose(ConfigurableApplicationContext context, Drain drain, JvmShutdown jvm,
			PostponedListeners postponed) {
		return new DrainOnClose(context, drain, jvm, postponed);
	}

	@Bean
	CutOff holdfastCutOff(DrainPlan plan, Drain drain, Traffic traffic, Environment environment) {
		return new CutOff(plan, drain, traffic, isGraceful(environment), Ticker.system());
	}

	@Bean
	ShutdownReport holdfastShutdownReport(DrainPlan plan, Environment environment) {
		return new ShutdownReport(plan, isGraceful(environment), environment);
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		ShutdownMetrics holdfastShutdownMetrics(Drain drain) {
			return new ShutdownMetrics(drain);
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
		DrainEndpoint drainEndpoint(Drain drain) {
			return new DrainEndpoint(drain);
		}

		@Bean
		@ConditionalOnAvailableEndpoint
		PreStopEndpoint preStopEndpoint(Drain drain, Traffic traffic, ShutdownProperties properties,
				Environment environment) {
			return new PreStopEndpoint(drain, traffic,
					ManagementPortType.get(environment) == ManagementPortType.DIFFERENT,
					ShutdownValidation.token(properties));
		}

	}

}
