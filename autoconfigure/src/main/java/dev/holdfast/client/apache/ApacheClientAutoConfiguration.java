/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.ClientAutoConfiguration;
import dev.holdfast.client.HttpClients;
import dev.holdfast.client.Pools;
import dev.holdfast.client.SettingsResolver;
import dev.holdfast.concurrency.AdmissionLimit;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.Stacks;
import dev.holdfast.report.Mode;
import io.micrometer.observation.ObservationRegistry;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration that bounds the clients which Boot builds on Apache HttpClient 5.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = ClientAutoConfiguration.class)
@ConditionalOnClass({ HttpClientBuilder.class, ClientHttpRequestFactoryBuilder.class })
@ConditionalOnBean(SettingsResolver.class)
@ImportRuntimeHints(BuilderHints.class)
public final class ApacheClientAutoConfiguration {

	/** What Boot's servers run, where there is no admission to ask. */
	private static final int CONNECTIONS = 200;

	@Bean
	static BuilderWrapping holdfastBuilderWrapping(ObjectProvider<ApacheClients> clients,
			ObjectProvider<SettingsResolver> resolver, ObjectProvider<Pools> pools,
			ConfigurableListableBeanFactory beanFactory) {
		return new BuilderWrapping(() -> {
			if (resolver.getObject().mode() == Mode.OFF) {
				return null;
			}
			pools.getObject().bounding();
			return clients.getObject();
		}, beanFactory);
	}

	@Bean
	ApacheClients holdfastApacheClients(SettingsResolver resolver, Pools pools,
			ObjectProvider<AttemptObserver> observer, ObjectProvider<CallSites> sites,
			ObjectProvider<AdmissionLimit> limit) {
		return new ApacheClients(resolver, pools, observer.getIfAvailable(() -> AttemptObserver.NONE),
				sites.getIfAvailable(() -> new CallSites(Stacks.OFF)), () -> {
					AdmissionLimit admission = limit.getIfAvailable();
					return (admission != null) ? admission.limit() : CONNECTIONS;
				});
	}

	@Bean
	HttpLeases holdfastHttpLeases(ApacheClients clients) {
		return clients.leases();
	}

	/**
	 * What needs observations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	static final class ObservationConfiguration {

		@Bean
		ObservedAttempts holdfastObservedAttempts(ObjectProvider<ObservationRegistry> registry) {
			return new ObservedAttempts(registry::getIfAvailable);
		}

	}

	/**
	 * What needs RestClient and Boot's properties of service groups.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RestClient.class, HttpServiceClientProperties.class })
	static final class NamedClientsConfiguration {

		@Bean
		@ConditionalOnMissingBean(HttpClients.class)
		NamedClients holdfastHttpClients(ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
				ObjectProvider<RestClient.Builder> builders, ObjectProvider<HttpServiceClientProperties> properties,
				ObjectProvider<SslBundles> bundles, ObjectProvider<HttpClientSettings> settings) {
			return new NamedClients(factories, builders, properties, bundles, settings);
		}

	}

	/**
	 * What needs HTTP service groups.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RestClientHttpServiceGroupConfigurer.class, HttpServiceClientProperties.class })
	static final class GroupConfiguration {

		@Bean
		GroupFactories holdfastGroupFactories(HttpClients clients) {
			return new GroupFactories(clients);
		}

	}

}
