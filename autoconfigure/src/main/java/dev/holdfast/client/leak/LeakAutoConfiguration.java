/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

import dev.holdfast.client.Pools;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.Growth;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.socket.Sockets;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the leak detection.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LeakProperties.class)
public final class LeakAutoConfiguration {

	@Bean
	Sockets holdfastSockets() {
		return Sockets.ofThisMachine();
	}

	@Bean
	CallSites holdfastCallSites(LeakProperties properties) {
		return new CallSites(LeakValidation.settings(properties).stacks());
	}

	@Bean
	LeakDetector holdfastLeakDetector(LeakProperties properties, CallSites sites, ObjectProvider<PoolSource> sources) {
		return new LeakDetector(LeakValidation.settings(properties), once(sources), sites, Ticker.system());
	}

	@Bean
	LeakFindings holdfastLeakFindings(LeakDetector detector, Resources resources, Growth growth) {
		return new LeakFindings(detector, resources, growth);
	}

	@Bean
	Growth holdfastGrowth() {
		return new Growth(Ticker.system());
	}

	@Bean
	Resources holdfastResources(ObjectProvider<PoolSource> sources, Sockets sockets) {
		return new Resources(once(sources), sockets);
	}

	@Bean
	LeakWatch holdfastLeakWatch(LeakProperties properties, LeakDetector detector, Sockets sockets, Growth growth,
			LeakFindings findings, ObjectProvider<Pools> pools, ObjectProvider<RunningRequests> requests) {
		Supplier<Pools> clients = pools::getIfAvailable;
		LeakRound round = new LeakRound(detector, sockets, growth, findings, () -> traffic(pools, requests), () -> {
			Pools known = clients.get();
			return (known != null) ? known.traffic().opened() : 0;
		}, () -> ManagementFactory.getThreadMXBean().getThreadCount(), Ticker.system());
		return new LeakWatch(properties.suspectAfter(), round);
	}

	private static long traffic(ObjectProvider<Pools> pools, ObjectProvider<RunningRequests> requests) {
		Pools clients = pools.getIfAvailable();
		RunningRequests server = requests.getIfAvailable();
		return ((clients != null) ? clients.traffic().leases() : 0) + ((server != null) ? server.begun() : 0);
	}

	@Bean
	LeakReport holdfastLeakReport(LeakProperties properties, LeakFindings findings, Environment environment) {
		return new LeakReport(LeakValidation.settings(properties), findings, environment);
	}

	// sources are asked every second: the bean factory once
	private static Supplier<List<PoolSource>> once(ObjectProvider<PoolSource> sources) {
		return new Supplier<>() {

			private volatile List<PoolSource> known = List.of();

			@Override
			public List<PoolSource> get() {
				if (this.known.isEmpty()) {
					this.known = sources.orderedStream().toList();
				}
				return this.known;
			}

		};
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
