/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.holdfast.client.CallFailure;
import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What the application has set on Boot's builder stays as it is.
 */
@Tag("B1")
class CustomizedTests {

	private static final String COOKIE = Peer.OK.replace("Content-Length", "Set-Cookie: s=1\r\nContent-Length");

	@Test
	void eachBuilderHasItsOwnCookies() {
		try (Peer peer = Peer.answering(COOKIE); Bounded app = Bounded.with()) {
			RestClient first = app.client();
			RestClient second = app.client();
			call(first, peer);
			call(second, peer);
			call(first, peer);
			assertThat(peer.requests()).extracting((request) -> request.contains("Cookie: s=1"))
				.containsExactly(false, false, true);
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	void cookiesAreSwitchedOffAsBootSays() {
		try (Peer peer = Peer.answering(COOKIE);
				Bounded app = Bounded.with("spring.http.clients.cookie-handling=disable")) {
			RestClient client = app.client();
			call(client, peer);
			call(client, peer);
			assertThat(peer.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).doesNotContain("Cookie"));
		}
	}

	@Test
	void cookiesAreKeptWhereTheApplicationKeepsThem() {
		BasicCookieStore cookies = new BasicCookieStore();
		try (Peer peer = Peer.answering(COOKIE);
				Bounded app = Bounded.customized((builder) -> builder
					.withHttpClientCustomizer((client) -> client.setDefaultCookieStore(cookies)))) {
			call(app.client(), peer);
			assertThat(cookies.getCookies()).hasSize(1);
		}
	}

	@Test
	void theConfigurationOfRequestsIsKept() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(4000));
				Bounded app = Bounded.customized((builder) -> builder.withDefaultRequestConfigCustomizer(
						(config) -> config.setResponseTimeout(Timeout.ofMilliseconds(300))))) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.facts().total()).isLessThan(Duration.ofSeconds(2));
		}
	}

	@Test
	void theCustomizersOfRequestFactoriesAreKept() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(4000));
				Bounded app = Bounded.customized((builder) -> builder
					.withCustomizer((factory) -> factory.setReadTimeout(Duration.ofMillis(300))))) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.facts().total()).isLessThan(Duration.ofSeconds(2));
		}
	}

	@Test
	void theAgeOfConnectionsIsKept() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized((builder) -> builder
					.withConnectionManagerCustomizer((manager) -> manager.setConnectionConfigResolver((
							route) -> ConnectionConfig.custom().setTimeToLive(TimeValue.ZERO_MILLISECONDS).build())))) {
			app.get(peer.url());
			app.get(peer.url());
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "spring.http.clients.read-timeout, 7, 7, 5", "spring.http.clients.connect-timeout, 7, 180, 7",
			"holdfast.client.header-timeout, 7, 7, 5", "holdfast.client.connect-timeout, 7, 180, 7" })
	void theTimeoutsOfBootCount(String key, int seconds, int header, int connect) {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with(key + "=" + seconds + "s")) {
			app.get(peer.url());
			assertThat(app.pool().settings().limits().header()).hasSeconds(header);
			assertThat(app.pool().settings().limits().connect()).hasSeconds(connect);
		}
	}

	@Test
	void aBuilderOfTheApplicationIsBoundedAndKeepsItsType() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(4000));
				Bounded app = Bounded.with(List.of(OwnBuilder.class), "holdfast.client.header-timeout=300ms")) {
			HttpComponentsClientHttpRequestFactoryBuilder own = app
				.bean(HttpComponentsClientHttpRequestFactoryBuilder.class);
			assertThat(app.bean(ClientHttpRequestFactoryBuilder.class)).isSameAs(own);
			assertThat(app.bean(Taker.class).builder()).isSameAs(own);
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			RestClient direct = RestClient.builder().requestFactory(own.build(HttpClientSettings.defaults())).build();
			assertThat(Bounded.failure(catchThrowable(() -> call(direct, peer))).kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(app.bean(RestTemplateBuilder.class).build().getRequestFactory())
				.isInstanceOf(HttpComponentsClientHttpRequestFactory.class);
		}
	}

	@Test
	void aBuilderOfTheApplicationTakesTheTimeoutsThatItIsGiven() {
		try (Peer peer = Peer.answering(Peer.OK)) {
			try (Bounded app = Bounded.with(List.of(OwnBuilder.class))) {
				HttpClientSettings settings = HttpClientSettings.defaults().withReadTimeout(Duration.ofSeconds(7));
				HttpComponentsClientHttpRequestFactoryBuilder own = app
					.bean(HttpComponentsClientHttpRequestFactoryBuilder.class);
				call(RestClient.builder().requestFactory(own.build(settings)).build(), peer);
				assertThat(app.pool().settings().limits().header()).hasSeconds(7);
				assertThat(app.pool().settings().limits().idle()).hasSeconds(7);
				assertThat(app.pool().settings().limits().connect()).hasSeconds(5);
			}
			Awaitility.await().until(() -> peer.openConnections() == 0);
		}
	}

	private static void call(RestClient client, Peer peer) {
		Objects.requireNonNull(client.get().uri(peer.url()).retrieve().body(String.class));
	}

	/**
	 * A builder by its own type, and who wants it so.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnBuilder {

		@Bean
		HttpComponentsClientHttpRequestFactoryBuilder ownBuilder() {
			return ClientHttpRequestFactoryBuilder.httpComponents();
		}

		@Bean
		Taker taker(HttpComponentsClientHttpRequestFactoryBuilder builder) {
			return new Taker(builder);
		}

	}

	/**
	 * Wants a builder by its own type.
	 *
	 * @param builder the builder
	 */
	record Taker(HttpComponentsClientHttpRequestFactoryBuilder builder) {
	}

}
