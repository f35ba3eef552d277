/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.holdfast.client.Pool;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Attempts are seen in Spring's observation of the call, and its template at the lease.
 */
@Tag("B6")
@Tag("G1")
class ObservedTests {

	@Test
	void anotherAttemptIsSeen() {
		try (Peer peer = Peer.that((exchange) -> exchange
			.write((exchange.number() == 1) ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : Peer.OK));
				Bounded app = Bounded.with(List.of(Observations.class))) {
			RestClient client = observed(app);
			Recorder recorder = app.bean(Recorder.class);
			client.get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(recorder.resent).containsExactly("1");
			assertThat(recorder.events).containsExactly("retry: attempt 2 of http.client.requests");
			client.get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(recorder.resent).containsExactly("1");
			assertThat(recorder.events).hasSize(1);
			assertThat(retries(app)).containsExactly(Map.entry("retried", 1.0));
		}
	}

	@Test
	void whatIsNotTriedAgainIsNoEventAndCountedWithItsReason() {
		try (Peer peer = Peer.answering("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
				Bounded app = Bounded.with(List.of(Observations.class))) {
			RestClient client = observed(app);
			assertThatException().isThrownBy(() -> client.post().uri(peer.url()).retrieve().toBodilessEntity());
			Recorder recorder = app.bean(Recorder.class);
			assertThat(recorder.events).isEmpty();
			assertThat(recorder.resent).isEmpty();
			assertThat(retries(app)).containsExactly(Map.entry("unsafe", 1.0));
			assertThatException().isThrownBy(() -> client.get().uri(peer.url()).retrieve().toBodilessEntity());
			assertThat(recorder.events).hasSize(1);
			assertThat(retries(app))
				.containsExactlyInAnyOrderEntriesOf(Map.of("unsafe", 1.0, "retried", 1.0, "exhausted", 1.0));
		}
	}

	@Test
	void whoHoldsAConnectionIsNamedByTheTemplate() throws InterruptedException {
		CountDownLatch arrived = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> {
			arrived.countDown();
			exchange.pause(5000);
		}); Bounded app = Bounded.with(List.of(Observations.class))) {
			RestClient client = observed(app);
			Thread holder = new Thread(
					() -> assertThatException().isThrownBy(
							() -> client.get().uri(peer.url() + "stock/{id}", "gold").retrieve().toBodilessEntity()),
					"the-holder");
			holder.start();
			assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
			Pool pool = app.pool();
			String target = pool.connectionsByTarget().keySet().iterator().next();
			assertThat(pool.holders(target)).singleElement()
				.asString()
				.contains("GET", "stock/{id}", "by the-holder")
				.doesNotContain("gold");
			peer.hangUp();
			holder.join(5000);
		}
	}

	// outcomes that have come
	private static Map<String, Double> retries(Bounded app) {
		return app.meters()
			.get("holdfast.client.retries")
			.functionCounters()
			.stream()
			.filter((counter) -> counter.count() > 0)
			.collect(Collectors.toMap((counter) -> Objects.requireNonNull(counter.getId().getTag("outcome")),
					FunctionCounter::count));
	}

	private static RestClient observed(Bounded app) {
		return app.bean(RestClient.Builder.class).observationRegistry(app.bean(ObservationRegistry.class)).build();
	}

	/**
	 * A registry that somebody listens to.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Observations {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		ObservationRegistry observationRegistry(Recorder recorder) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(recorder);
			return registry;
		}

	}

	/**
	 * Records what is said about attempts.
	 */
	static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> resent = new CopyOnWriteArrayList<>();

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.events.add(event.getName() + ": " + event.getContextualName() + " of " + context.getName());
		}

		@Override
		public void onStop(Observation.Context context) {
			KeyValue count = context.getHighCardinalityKeyValue("http.request.resend_count");
			if (count != null) {
				this.resent.add(count.getValue());
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
