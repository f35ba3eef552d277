/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterLeaseCountTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final LeaseCount leases = new MeterLeaseCount(this.registry);

	@Test
	void missingMeterIsNotZero() {
		gauge("a", "idle", 3);
		assertThat(this.leases.leased()).isEmpty();
		assertThat(this.leases.leftBehind(Duration.ofSeconds(5))).isEmpty();
	}

	@Test
	void sumsTargets() {
		gauge("a", "leased", 1);
		gauge("b", "leased", 2);
		gauge("b", "idle", 4);
		assertThat(this.leases.leased()).hasValue(3);
	}

	@Test
	void waitsForWhatComesBack() {
		AtomicInteger looks = new AtomicInteger();
		Gauge.builder(MeterLeaseCount.METER, () -> (looks.incrementAndGet() < 3) ? 1 : 0)
			.tag("state", "leased")
			.register(this.registry);
		assertThat(this.leases.leftBehind(Duration.ofSeconds(5))).hasValue(0);
	}

	@Test
	void tellsWhatStays() {
		gauge("a", "leased", 2);
		assertThat(this.leases.leftBehind(Duration.ofMillis(50))).hasValue(2);
	}

	private void gauge(String target, String state, int value) {
		Gauge.builder(MeterLeaseCount.METER, () -> value)
			.tag("target", target)
			.tag("state", state)
			.register(this.registry);
	}

}
