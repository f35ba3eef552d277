/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what ended with its request.
 */
final class JdbcMetrics implements MeterBinder {

	private final Cancellation cancellation;

	JdbcMetrics(Cancellation cancellation) {
		this.cancellation = cancellation;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Cancelled what : Cancelled.values()) {
			FunctionCounter.builder(JdbcMeter.CANCELLED.meterName(), this.cancellation.count(what), LongAdder::sum)
				.description(JdbcMeter.CANCELLED.description())
				.tag("kind", what.label())
				.register(registry);
		}
	}

}
