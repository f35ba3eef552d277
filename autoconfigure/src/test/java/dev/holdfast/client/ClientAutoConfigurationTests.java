/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.List;

import dev.holdfast.client.apache.ApacheClientAutoConfiguration;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Protection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.ClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is there with which library and which setting.
 */
@Tag("B1")
class ClientAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
				RestClientAutoConfiguration.class, ClientAutoConfiguration.class, ApacheClientAutoConfiguration.class));

	@Test
	void whatBootBuildsIsBounded() {
		this.runner.run((context) -> {
			assertThat(built(context)).isInstanceOf(BoundedRequestFactory.class);
			assertThat(context).hasSingleBean(HttpClients.class).hasSingleBean(ClientMetrics.class);
			assertThat(findings(context)).isEmpty();
		});
	}

	@Test
	void disabledIsAsIfWeWereNotThere() {
		this.runner.withPropertyValues("holdfast.enabled=false").run((context) -> {
			assertThat(built(context)).isNotInstanceOf(BoundedRequestFactory.class);
			assertThat(context).doesNotHaveBean(Pools.class).doesNotHaveBean(HttpClients.class);
			assertThat(context).getBean(ClientHttpRequestFactoryBuilder.class)
				.isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class);
		});
	}

	@Test
	void offBoundsNothingAndSaysSo() {
		this.runner.withPropertyValues("holdfast.client.mode=off").run((context) -> {
			assertThat(built(context)).isNotInstanceOf(BoundedRequestFactory.class);
			assertThat(findings(context)).containsExactly("client-off");
		});
	}

	@Test
	void anotherLibraryThatTheUserWantsIsLeftAlone() {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=jdk").run((context) -> {
			assertThat(context).getBean(ClientHttpRequestFactoryBuilder.class)
				.isInstanceOf(JdkClientHttpRequestFactoryBuilder.class);
			assertThat(findings(context)).containsExactly("client-other-library");
			assertThat(context.getBean(HttpClients.class).builder("x").build()).isNotNull();
		});
	}

	@Test
	void withoutHttpClientThereAreSettingsAndFindings() {
		this.runner.withClassLoader(new FilteredClassLoader("org.apache.hc")).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(SettingsResolver.class).hasSingleBean(Pools.class);
			assertThat(context).doesNotHaveBean("holdfastApacheClients");
			assertThat(findings(context)).containsExactly("client-no-library");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { MeterRegistry.class, ConditionalOnAvailableEndpoint.class, ObservationRegistry.class })
	void anOptionalLibraryMayBeAbsent(Class<?> absent) {
		this.runner.withClassLoader(new FilteredClassLoader(absent)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(built(context)).isInstanceOf(BoundedRequestFactory.class);
		});
	}

	@Test
	void withoutRestClientRequestFactoriesAreBounded() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
					ImperativeHttpClientAutoConfiguration.class, ClientAutoConfiguration.class,
					ApacheClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(HttpClients.class);
				assertThat(built(context)).isInstanceOf(BoundedRequestFactory.class);
			});
	}

	@Test
	void strictHasShorterLimitsAndAHardOneForTheCall() {
		this.runner.withPropertyValues("holdfast.profile=strict").run((context) -> {
			CallLimits limits = context.getBean(SettingsResolver.class)
				.resolve("", HttpClientSettings.defaults())
				.limits();
			assertThat(limits.call()).hasSeconds(60);
			assertThat(limits.callIsHard()).isTrue();
			assertThat(limits.header()).hasSeconds(15);
			assertThat(limits.lease()).hasSeconds(2);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "lease-timeout; 0ms; between 1ms and 365d", "call-timeout; -5s; between 1ms and 365d",
					"groups.x.idle-timeout; 400d; between 1ms and 365d", "retry.max-pause; 0s; between 1ms and 365d",
					"drain.max-time; -1ms; between 1ms and 365d", "retry.budget-ratio; 2; between 0 and 1",
					"retry.budget-ratio; NaN; between 0 and 1", "retry.max-attempts; 0; at least 1",
					"retry.budget-min-per-second; -1; at least 0", "max-requests-per-connection; 0; at least 1",
					"max-inflation; 0; at least 1", "max-connections; 0; at least 1, or 'auto'",
					"max-connections-per-route; many; at least 1, or 'auto'", "max-response-body; -1B; not be negative",
					"drain.max-bytes; -1KB; not be negative", "budget-header; a b; the name of a header",
					"groups.x.groups.y.mode; off; no groups of its own",
					"addresses.deny; 10.0.0.0/64; neither an address", "addresses.allow; localhost; neither an address",
					"groups.x.addresses.deny; metadat; neither an address",
					"groups.x.addresses.allow; none; neither an address" })
	void aWrongValueStopsTheStartWithItsKeyAndARemedy(String key, String value, String remedy) {
		this.runner.withPropertyValues("holdfast.client." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("holdfast.client." + key.replace(".groups.y.mode", ".groups"))
				.hasMessageContaining(remedy));
	}

	@ParameterizedTest
	@CsvSource({ "leas-timeout, 5s", "groups.x.header-timout, 5s", "retry.attempts, 3", "header-timeout, soon",
			"retry.mode, sometimes" })
	void whatCannotBeBoundStopsTheStartWithItsKey(String key, String value) {
		this.runner.withPropertyValues("holdfast.client." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("holdfast.client")
				.hasStackTraceContaining(key.substring(key.lastIndexOf('.') + 1)));
	}

	@Test
	void aBuilderOfAnotherLibraryThatTheApplicationDeclaresIsReported() {
		this.runner.withBean("own", ClientHttpRequestFactoryBuilder.class, () -> ClientHttpRequestFactoryBuilder.jdk())
			.run((context) -> {
				assertThat(built(context)).isNotInstanceOf(BoundedRequestFactory.class);
				assertThat(findings(context)).containsExactly("client-own-builder");
			});
	}

	private static ClientHttpRequestFactory built(AssertableApplicationContext context) {
		return context.getBean(ClientHttpRequestFactoryBuilder.class).build(HttpClientSettings.defaults());
	}

	private static List<String> findings(AssertableApplicationContext context) {
		return context.getBean(Protection.class).findings().stream().map(Finding::id).toList();
	}

}
