/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.Pool;
import io.micrometer.common.KeyValue;
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
			client.get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(recorder.resent).containsExactly("1");
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
