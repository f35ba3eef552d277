/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.lang.management.ManagementFactory;

import dev.holdfast.client.Pools;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.Growth;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.socket.Sockets;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of the leak detection.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LeakProperties.class)
public final class LeakAutoConfiguration {

	@Bean
	LeakSettings holdfastLeakSettings(LeakProperties properties) {
		return LeakValidation.settings(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	Sockets holdfastSockets() {
		return Sockets.ofThisMachine();
	}

	@Bean
	CallSites holdfastCallSites(LeakSettings settings) {
		return new CallSites(settings.stacks());
	}

	// sources are asked every second: the bean factory once
	@Bean
	Resources holdfastResources(ObjectProvider<PoolSource> sources, Sockets sockets) {
		return new Resources(SingletonSupplier.of(() -> sources.orderedStream().toList())::obtain, sockets);
	}

	@Bean
	LeakDetector holdfastLeakDetector(LeakSettings settings, Resources resources, CallSites sites) {
		return new LeakDetector(settings, resources::sources, sites, Ticker.system());
	}

	@Bean
	Growth holdfastGrowth() {
		return new Growth(Ticker.system());
	}

	@Bean
	LeakFindings holdfastLeakFindings(LeakDetector detector, Resources resources, Growth growth) {
		return new LeakFindings(detector, resources, growth);
	}

	@Bean
	LeakWatch holdfastLeakWatch(LeakSettings settings, LeakDetector detector, Sockets sockets, Growth growth,
			LeakFindings findings, ObjectProvider<Pools> pools, ObjectProvider<RunningRequests> requests) {
		Pools clients = pools.getIfAvailable(Pools::new);
		RunningRequests server = requests.getIfAvailable(() -> new RunningRequests(Ticker.system()));
		LeakRound round = new LeakRound(detector, sockets, growth, findings,
				() -> clients.traffic().leases() + server.begun(), () -> clients.traffic().opened(),
				() -> ManagementFactory.getThreadMXBean().getThreadCount(), Ticker.system());
		return new LeakWatch(settings.suspectAfter(), round);
	}

	@Bean
	LeakReport holdfastLeakReport(LeakSettings settings, LeakFindings findings, Environment environment) {
		return new LeakReport(settings, findings, environment);
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		LeakMetrics holdfastLeakMetrics(LeakDetector detector, Sockets sockets) {
			return new LeakMetrics(detector, sockets);
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
		LeaksEndpoint leaksEndpoint(LeakDetector detector, Resources resources, LeakFindings findings,
				LeakProperties properties) {
			return new LeaksEndpoint(detector, resources, findings, properties);
		}

	}

	/**
	 * What needs Boot's health.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static final class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("leaks")
		LeakHealth leaksHealthIndicator(LeakDetector detector, Resources resources) {
			return new LeakHealth(detector, resources);
		}

	}

}
