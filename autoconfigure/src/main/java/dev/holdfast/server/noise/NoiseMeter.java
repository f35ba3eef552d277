/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.util.List;
import java.util.Map;

import dev.holdfast.failure.FailureKind;
import dev.holdfast.report.MeterDescription;

/**
 * Meters of clients that have gone.
 */
enum NoiseMeter implements MeterDescription {

	/** Clients that were gone before their answer was. */
	NOISE;

	@Override
	public String meterName() {
		return "holdfast.connection.noise";
	}

	@Override
	public Kind kind() {
		return Kind.COUNTER;
	}

	@Override
	public String unit() {
		return "requests";
	}

	@Override
	public String description() {
		return "Requests that failed because their client has gone.";
	}

	@Override
	public Map<String, List<String>> tags() {
		return Map.of("kind", ConnectionNoise.kinds().stream().map(FailureKind::label).toList());
	}

}
