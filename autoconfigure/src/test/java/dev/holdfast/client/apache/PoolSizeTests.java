/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;

import dev.holdfast.client.Pool;
import dev.holdfast.concurrency.AdmissionLimit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many connections a pool has at most where nobody has said it.
 */
@Tag("B3")
class PoolSizeTests {

	@Test
	void withoutAnAdmissionItIsWhatAServerRuns() {
		assertThat(max(List.of())).isEqualTo(new Pool.Max(200, 400));
	}

	@Test
	void withAnAdmissionItIsItsLimit() {
		assertThat(max(List.of(Admission.class))).isEqualTo(new Pool.Max(37, 74));
	}

	@Test
	void oneOfTheTwoMayBeSet() {
		assertThat(max(List.of(Admission.class), "holdfast.client.max-connections-per-route=5"))
			.isEqualTo(new Pool.Max(5, 10));
		assertThat(max(List.of(Admission.class), "holdfast.client.max-connections=50")).isEqualTo(new Pool.Max(37, 50));
	}

	private static Pool.Max max(List<Class<?>> configurations, String... properties) {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with(configurations, properties)) {
			app.get(peer.url());
			return app.pool().max();
		}
	}

	/**
	 * An admission with a limit.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Admission {

		@Bean
		AdmissionLimit admissionLimit() {
			return () -> 37;
		}

	}

}
