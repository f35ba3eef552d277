/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the state of the drain.
 */
final class ShutdownMetrics implements MeterBinder {

	private final Drain drain;

	ShutdownMetrics(Drain drain) {
		this.drain = drain;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(ShutdownMeter.STATE.meterName(), this.drain, (source) -> source.state().code())
			.description(ShutdownMeter.STATE.description())
			.strongReference(true)
			.register(registry);
	}

}
