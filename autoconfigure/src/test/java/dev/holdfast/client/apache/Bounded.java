/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.ClientAutoConfiguration;
import dev.holdfast.client.Pool;
import dev.holdfast.client.Pools;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * An application whose clients are bounded.
 */
final class Bounded implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Bounded(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Bounded with(String... properties) {
		return with(List.of(), properties);
	}

	static Bounded with(List<Class<?>> configurations, String... properties) {
		List<Class<?>> all = new ArrayList<>(configurations);
		all.add(Application.class);
		return new Bounded(new SpringApplicationBuilder(all.toArray(Class[]::new)).web(WebApplicationType.NONE)
			.properties(properties)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn")
			.run());
	}

	RestClient client() {
		return bean(RestClient.Builder.class).build();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Pool pool() {
		return bean(Pools.class).all().get(0);
	}

	int leased() {
		return bean(Pools.class).all()
			.stream()
			.flatMap((pool) -> pool.connectionsByTarget().values().stream())
			.mapToInt(Pool.Connections::leased)
			.sum();
	}

	static CallFailure failure(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof CallFailure failure) {
				return failure;
			}
		}
		throw new AssertionError("No CallFailure in " + thrown, thrown);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Boot's clients and ours.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ImperativeHttpClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
			RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class, ClientAutoConfiguration.class,
			ApacheClientAutoConfiguration.class })
	static class Application {

	}

}
