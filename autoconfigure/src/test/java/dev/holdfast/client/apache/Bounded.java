/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.ClientAutoConfiguration;
import dev.holdfast.client.Pool;
import dev.holdfast.client.Pools;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Protection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose clients are bounded.
 */
final class Bounded implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final List<RestClient> kept = new CopyOnWriteArrayList<>();

	private Bounded(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Bounded with(String... properties) {
		return with(List.of(), properties);
	}

	static Bounded with(List<Class<?>> configurations, String... properties) {
		return run(configurations, (context) -> {
		}, properties);
	}

	/**
	 * An application that customizes Boot's builder.
	 * @param customizer its customizer
	 * @param properties its properties
	 * @return the running application
	 */
	static Bounded customized(Customizer customizer, String... properties) {
		return run(List.of(), (context) -> context.registerBean("customizer", Customizer.class, () -> customizer),
				properties);
	}

	/**
	 * An application on Boot alone, to show what ours is for.
	 * @param properties its properties
	 * @return the running application
	 */
	static Bounded plain(String... properties) {
		return run(List.of(),
				(context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("plain", Map.of("holdfast.enabled", "false"))),
				properties);
	}

	private static Bounded run(List<Class<?>> configurations, Consumer<GenericApplicationContext> registrations,
			String... properties) {
		List<Class<?>> all = new ArrayList<>(configurations);
		all.add(Application.class);
		return new Bounded(new SpringApplicationBuilder(all.toArray(Class[]::new)).web(WebApplicationType.NONE)
			.initializers((GenericApplicationContext context) -> registrations.accept(context))
			.properties("spring.main.banner-mode=off", "logging.level.root=error")
			.properties(properties)
			.run());
	}

	RestClient client() {
		RestClient client = bean(RestClient.Builder.class).build();
		// the pool of a client that nobody has any more is closed
		this.kept.add(client);
		return client;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	Pool pool() {
		return bean(Pools.class).all().get(0);
	}

	String get(String url) {
		return Objects.requireNonNull(client().get().uri(url).retrieve().body(String.class));
	}

	Set<Call> calls() {
		Object watchdog = ReflectionTestUtils.getField(bean(ApacheClients.class), "watchdog");
		return ((Watchdog) Objects.requireNonNull(watchdog)).calls();
	}

	List<String> findings() {
		return this.context.getBeanProvider(Protection.class)
			.stream()
			.flatMap((protection) -> protection.findings().stream())
			.map(Finding::id)
			.toList();
	}

	/**
	 * What the meters say.
	 * @return a registry with the meters of now
	 */
	MeterRegistry meters() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.context.getBeanProvider(MeterBinder.class).forEach((binder) -> binder.bindTo(registry));
		return registry;
	}

	/**
	 * Connections that were closed.
	 * @return reasons, without those that never came
	 */
	Map<String, Long> closed() {
		Map<String, Long> counts = new TreeMap<>();
		for (FunctionCounter counter : meters().get("holdfast.client.connections.closed").functionCounters()) {
			if (counter.count() > 0) {
				counts.merge(Objects.requireNonNull(counter.getId().getTag("reason")), (long) counter.count(),
						Long::sum);
			}
		}
		return counts;
	}

	/**
	 * Whoever cuts a call gives its connection back a moment after the caller knows.
	 */
	void awaitLeased(int count) {
		Awaitility.await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(leased()).isEqualTo(count));
	}

	private int leased() {
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
	 * A customizer as a lambda.
	 */
	interface Customizer
			extends ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> {

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
