/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.EnumSet;

import dev.holdfast.concurrency.AdmissionLimit;
import dev.holdfast.inflight.Patrol;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.settings.BetterDefaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration of bounded admission and of the in-flight table.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
		afterName = "org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ConcurrencyProperties.class, RoutesProperties.class })
public final class ConcurrencyAutoConfiguration {

	@Bean
	static BeanFactoryPostProcessor holdfastDefaultsOrdering(ConfigurableEnvironment environment) {
		return (beanFactory) -> BetterDefaults.moveToEnd(environment);
	}

	@Bean
	Routes holdfastRoutes(RoutesProperties properties, Environment environment) {
		UnknownRouteKeys.refuse(environment);
		return Routes.of(properties);
	}

	@Bean
	ServerLimiters holdfastServerLimiters(ConcurrencyProperties properties, Routes routes, Environment environment) {
		return new ServerLimiters(properties.mode(), ConcurrencyValidation.maxWait(properties),
				ConcurrencyValidation.limits(properties), routes.lanes(), Threading.VIRTUAL.isActive(environment),
				Ticker.system());
	}

	@Bean
	AdmissionLimit holdfastAdmissionLimit(ServerLimiters limiters) {
		return () -> limiters.server().settings().limit();
	}

	@Bean
	RunningRequests holdfastRunningRequests() {
		return new RunningRequests(Ticker.system());
	}

	/**
	 * Looks at requests as long as there are any: it is destroyed after the web server
	 * has stopped.
	 * @param running the requests
	 * @return the patrol
	 */
	@Bean(initMethod = "start")
	@Lazy(false)
	Patrol holdfastPatrol(RunningRequests running) {
		return new Patrol(running);
	}

	@Bean
	EndedAnswer holdfastEndedAnswer(ObjectProvider<EndedStatus> statuses) {
		return new EndedAnswer(statuses.stream().toList());
	}

	@Bean
	RequestClassifier holdfastRequestClassifier(ServerLimiters limiters, Routes routes,
			ConcurrencyProperties properties) {
		return new RequestClassifier(limiters, routes, ExcludedPaths.of(properties));
	}

	@Bean
	FilterRegistrationBean<AdmissionFilter> holdfastAdmissionFilter(RequestClassifier classifier,
			RunningRequests running, EndedAnswer answer, ObjectProvider<RequestWatch> watches,
			ConcurrencyProperties properties) {
		Refusal refusal = new Refusal(ConcurrencyValidation.status(properties),
				ConcurrencyValidation.retryAfterSeconds(properties), properties.refusalHeaders(),
				new ShedLog(Ticker.system()));
		FilterRegistrationBean<AdmissionFilter> registration = new FilterRegistrationBean<>(
				new AdmissionFilter(classifier, running, refusal, answer, watches.orderedStream().toList()));
		registration.setName("holdfastAdmission");
		registration.setOrder(ConcurrencyValidation.filterOrder(properties));
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
		return registration;
	}

	@Bean
	ConcurrencyReport holdfastConcurrencyReport(ServerLimiters limiters) {
		return new ConcurrencyReport(limiters);
	}

	/**
	 * What needs a server that Boot starts.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerInitializedEvent.class)
	static final class EmbeddedServerConfiguration {

		@Bean
		LimitResolver holdfastLimitResolver(ServerLimiters limiters, ObjectProvider<ServerCapacityReader> readers,
				Environment environment) {
			return new LimitResolver(limiters, readers.orderedStream().toList(), environment);
		}

	}

	/**
	 * What needs Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static final class MvcConfiguration {

		@Bean
		RouteInterceptor holdfastRouteInterceptor() {
			return new RouteInterceptor();
		}

		@Bean
		EndedRequests holdfastEndedRequests(EndedAnswer answer) {
			return new EndedRequests(answer);
		}

	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		ConcurrencyMetrics holdfastConcurrencyMetrics(ServerLimiters limiters, RunningRequests running) {
			return new ConcurrencyMetrics(limiters, running);
		}

	}

	/**
	 * What needs the actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@EnableConfigurationProperties(InFlightProperties.class)
	static final class ActuatorConfiguration {

		@Bean
		@ConditionalOnBean(PathMappedEndpoints.class)
		EndpointExclusion holdfastEndpointExclusion(RequestClassifier classifier, PathMappedEndpoints endpoints,
				Environment environment) {
			return new EndpointExclusion(classifier, endpoints, environment);
		}

		@Bean
		@ConditionalOnAvailableEndpoint
		ConcurrencyEndpoint concurrencyEndpoint(ServerLimiters limiters) {
			return new ConcurrencyEndpoint(limiters);
		}

		@Bean
		@ConditionalOnAvailableEndpoint
		InFlightEndpoint inFlightEndpoint(RunningRequests running, InFlightProperties properties) {
			return new InFlightEndpoint(running, properties);
		}

	}

}
