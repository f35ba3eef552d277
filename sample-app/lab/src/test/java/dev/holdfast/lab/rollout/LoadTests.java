/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class LoadTests {

	@Test
	void goesOnUntilThereWasEnough() throws Exception {
		try (Load load = Load.start((length) -> new Counts(10, Map.of("late", 1L)), Duration.ofSeconds(1), 35)) {
			load.end();
			assertThat(load.await().requests()).isGreaterThanOrEqualTo(40);
		}
	}

	@Test
	void goesOnUntilNothingHappensAnyMore() throws Exception {
		AtomicInteger stretches = new AtomicInteger();
		CountDownLatch third = new CountDownLatch(3);
		try (Load load = Load.start((length) -> {
			stretches.incrementAndGet();
			third.countDown();
			return new Counts(10, Map.of());
		}, Duration.ofSeconds(1), 1)) {
			third.await();
			Counts counts = load.await();
			assertThat(counts.requests()).isEqualTo(stretches.get() * 10L).isGreaterThanOrEqualTo(30);
		}
	}

	@Test
	void isNothingWithoutRequests() {
		try (Load load = Load.start((length) -> Counts.NONE, Duration.ofSeconds(1), 1)) {
			assertThatIOException().isThrownBy(load::await).withMessageContaining("No request");
		}
	}

	@Test
	void failsWithItsTraffic() {
		try (Load load = Load.start((length) -> {
			throw new IOException("nobody there");
		}, Duration.ofSeconds(1), 1)) {
			assertThatIOException().isThrownBy(load::await).withMessage("nobody there");
		}
	}

}
