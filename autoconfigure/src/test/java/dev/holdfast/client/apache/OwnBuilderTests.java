/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.client.Pools;
import dev.holdfast.failure.FailureKind;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What becomes of a builder that the application declares: by its class it stays what it
 * is, and each client has a pool of its own; by the interface its clients share one.
 */
@Tag("B3")
class OwnBuilderTests {

	@Test
	void byItsClassItsClientsShareNoPool() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with(List.of(CustomizedTests.OwnBuilder.class))) {
			assertThat(app.bean(ClientHttpRequestFactoryBuilder.class))
				.isExactlyInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class);
			callTwice(app, peer);
			assertThat(names(app)).containsExactly("default", "default-2");
			assertThat(peer.connections()).isEqualTo(2);
			assertThat(app.findings()).isEmpty();
		}
	}

	@Test
	void byTheInterfaceItsClientsShareAPool() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with(List.of(AsTheInterface.class))) {
			assertThat(app.bean(ClientHttpRequestFactoryBuilder.class)).isInstanceOf(BoundedFactoryBuilder.class);
			callTwice(app, peer);
			assertThat(names(app)).containsExactly("default");
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	void eachPoolIsBounded() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = Bounded.with(List.of(CustomizedTests.OwnBuilder.class),
						"holdfast.client.header-timeout=300ms", "holdfast.client.max-connections-per-route=7")) {
			for (int i = 0; i < 2; i++) {
				RestClient client = built(app);
				assertThat(Bounded.failure(catchThrowable(() -> call(client, peer))).kind())
					.isEqualTo(FailureKind.TIMEOUT);
			}
			assertThat(app.bean(Pools.class).all()).hasSize(2)
				.allSatisfy((pool) -> assertThat(pool.max().perRoute()).isEqualTo(7));
			app.awaitLeased(0);
		}
	}

	@Test
	void aForgottenClientLeavesNothingBehind() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with(List.of(CustomizedTests.OwnBuilder.class))) {
			MeterRegistry meters = app.meters();
			RestClient kept = built(app);
			call(kept, peer);
			call(built(app), peer);
			assertThat(names(app)).containsExactly("default", "default-2");
			new Keepers(app).collect(() -> assertThat(names(app)).containsExactly("default"));
			// a pool leaves the list before its meters go
			Awaitility.await()
				.untilAsserted(() -> assertThat(meters.getMeters()).isNotEmpty()
					.allMatch((meter) -> "default".equals(meter.getId().getTag("client"))));
			Awaitility.await().until(() -> peer.openConnections() == 1);
			call(kept, peer);
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	private static void callTwice(Bounded app, Peer peer) {
		List<RestClient> kept = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			RestClient client = built(app);
			kept.add(client);
			call(client, peer);
		}
		assertThat(kept).hasSize(2);
	}

	private static RestClient built(Bounded app) {
		return RestClient.builder()
			.requestFactory(app.bean(ClientHttpRequestFactoryBuilder.class).build(HttpClientSettings.defaults()))
			.build();
	}

	private static void call(RestClient client, Peer peer) {
		assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
	}

	private static List<String> names(Bounded app) {
		return app.bean(Pools.class).all().stream().map((pool) -> pool.stats().client()).toList();
	}

	/**
	 * A builder by the interface.
	 */
	@Configuration(proxyBeanMethods = false)
	static class AsTheInterface {

		@Bean
		ClientHttpRequestFactoryBuilder<?> ownBuilder() {
			return ClientHttpRequestFactoryBuilder.httpComponents();
		}

	}

}
