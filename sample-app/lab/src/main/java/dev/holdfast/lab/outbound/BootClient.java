/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * An application that does nothing but call others, with the {@link RestClient} that Boot
 * configures for it.
 */
final class BootClient implements AutoCloseable {

	/**
	 * Connections that Apache's client opens to one peer, unless it is told otherwise.
	 */
	private static final int APACHE_CONNECTIONS_PER_ROUTE = 5;

	private final ConfigurableApplicationContext context;

	private final boolean bounded;

	private final RestClient client;

	private BootClient(boolean bounded, List<String> properties) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--holdfast.enabled=" + bounded);
		arguments.add("--spring.http.clients.imperative.factory=http-components");
		properties.forEach((property) -> arguments.add("--" + property));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
		this.bounded = bounded;
		this.client = builder().build();
	}

	/**
	 * Boot alone.
	 * @param properties further properties, as key=value
	 * @return the started application
	 */
	static BootClient plain(String... properties) {
		return new BootClient(false, List.of(properties));
	}

	/**
	 * Boot with Holdfast.
	 * @param properties further properties, as key=value
	 * @return the started application
	 */
	static BootClient bounded(List<String> properties) {
		return new BootClient(true, properties);
	}

	RestClient client() {
		return this.client;
	}

	RestClient.Builder builder() {
		return this.context.getBean(RestClient.Builder.class);
	}

	boolean isBounded() {
		return this.bounded;
	}

	/**
	 * How many calls exhaust the pool of one peer, where the bounded client is told to
	 * have one connection.
	 * @return calls that hold a connection
	 */
	int holdersOfAll() {
		return this.bounded ? 1 : APACHE_CONNECTIONS_PER_ROUTE;
	}

	LeaseCount leases() {
		return new MeterLeaseCount(this.context.getBean(MeterRegistry.class));
	}

	/**
	 * Makes calls that nobody counts.
	 * @return the application
	 */
	BootClient warmedUp() {
		try (Peer peer = Peers.keepAlive()) {
			for (int i = 0; i < 20; i++) {
				this.client.get().uri(peer.url() + "/warm-up").retrieve().toBodilessEntity();
			}
		}
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> labResolver() {
			return (builder) -> builder.withDnsResolver(new LabResolver());
		}

	}

}
