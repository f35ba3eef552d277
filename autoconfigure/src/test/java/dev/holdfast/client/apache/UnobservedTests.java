/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Observations add to what is known about calls; nothing depends on them.
 */
@Tag("B6")
@Tag("G1")
class UnobservedTests {

	private static final String OFF = "management.observations.enable.http.client.requests=false";

	@ParameterizedTest
	@ValueSource(classes = { NoRegistry.class, NoopRegistry.class, BootsRegistry.class, ListenedTo.class })
	void retriesAreMadeAndCounted(Class<?> observations) {
		assertOneRetry(List.of(observations));
	}

	@Test
	void retriesAreMadeAndCountedWhereObservationsOfClientsAreOff() {
		assertOneRetry(List.of(ListenedTo.class), OFF);
	}

	@ParameterizedTest
	@ValueSource(classes = { NoRegistry.class, NoopRegistry.class })
	void withoutARegistryAHolderIsNamedByItsTarget(Class<?> observations) throws InterruptedException {
		assertThat(holder(List.of(observations))).matches("GET http://127\\.0\\.0\\.1:[0-9]+ for .* by the-holder");
	}

	@Test
	void whereObservationsOfClientsAreOffAHolderIsNamedByItsTarget() throws InterruptedException {
		assertThat(holder(List.of(ListenedTo.class), OFF))
			.matches("GET http://127\\.0\\.0\\.1:[0-9]+ for .* by the-holder");
	}

	@Test
	void withBootsRegistryAHolderIsNamedByItsTemplate() throws InterruptedException {
		assertThat(holder(List.of(ListenedTo.class))).matches("GET /stock/\\{id} for .* by the-holder");
	}

	private static void assertOneRetry(List<Class<?>> observations, String... properties) {
		try (Peer peer = Peer.that((exchange) -> exchange
			.write((exchange.number() == 1) ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : Peer.OK));
				Bounded app = Bounded.with(observations, properties)) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(peer.requests()).hasSize(2);
			assertThat(app.meters().get("holdfast.client.retries").tag("outcome", "retried").functionCounter())
				.extracting(FunctionCounter::count)
				.isEqualTo(1.0);
		}
	}

	private static String holder(List<Class<?>> observations, String... properties) throws InterruptedException {
		CountDownLatch arrived = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			arrived.countDown();
			exchange.pause(5000);
		}); Bounded app = Bounded.with(observations, properties)) {
			RestClient client = app.client();
			Thread holder = new Thread(
					() -> assertThatException().isThrownBy(
							() -> client.get().uri(peer.url() + "stock/{id}", "gold").retrieve().toBodilessEntity()),
					"the-holder");
			holder.start();
			assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
			List<String> holders = app.pool().holders("http://127.0.0.1:" + peer.port());
			peer.hangUp();
			holder.join(5000);
			assertThat(holders).hasSize(1);
			return holders.get(0);
		}
	}

	/**
	 * An application without observations.
	 */
	@Configuration(proxyBeanMethods = false)
	static class NoRegistry {

	}

	/**
	 * An application that observes nothing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(RestClientObservationAutoConfiguration.class)
	static class NoopRegistry {

		@Bean
		ObservationRegistry observationRegistry() {
			return ObservationRegistry.NOOP;
		}

	}

	/**
	 * Boot's registry, with nobody who listens.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ObservationAutoConfiguration.class, RestClientObservationAutoConfiguration.class })
	static class BootsRegistry {

	}

	/**
	 * Boot's registry, with somebody who listens.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ObservationAutoConfiguration.class, RestClientObservationAutoConfiguration.class })
	static class ListenedTo {

		@Bean
		ObservedTests.Recorder recorder() {
			return new ObservedTests.Recorder();
		}

	}

}
