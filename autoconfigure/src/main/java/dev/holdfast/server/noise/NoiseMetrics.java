/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes how many clients have gone. All kinds are registered at once, so that zeros
 * are visible from the start.
 */
final class NoiseMetrics implements MeterBinder {

	private final ConnectionNoise noise;

	NoiseMetrics(ConnectionNoise noise) {
		this.noise = noise;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		ConnectionNoise.kinds()
			.forEach((kind) -> FunctionCounter
				.builder(NoiseMeter.NOISE.meterName(), this.noise, (noise) -> noise.count(kind))
				.description(NoiseMeter.NOISE.description())
				.tag("kind", kind.label())
				.register(registry));
	}

}
