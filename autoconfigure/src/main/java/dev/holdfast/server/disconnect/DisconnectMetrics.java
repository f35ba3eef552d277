/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the meters of the disconnect watch.
 */
final class DisconnectMetrics implements MeterBinder {

	private final Departures departures;

	DisconnectMetrics(Departures departures) {
		this.departures = departures;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		counter(registry, DisconnectMeter.DETECTED, Departures::detected);
		counter(registry, DisconnectMeter.CANCELLED, Departures::cancelled);
	}

	private void counter(MeterRegistry registry, DisconnectMeter meter, ToDoubleFunction<Departures> count) {
		FunctionCounter.builder(meter.meterName(), this.departures, count)
			.description(meter.description())
			.register(registry);
	}

}
