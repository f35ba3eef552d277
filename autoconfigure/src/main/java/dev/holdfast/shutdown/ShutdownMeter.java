/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;

/**
 * Meters of the drain.
 */
enum ShutdownMeter implements MeterDescription {

	STATE("holdfast.drain.state", "state", "0 serving, 1 draining, 2 drained and waiting for SIGTERM, 3 stopping.");

	private final String meterName;

	private final String unit;

	private final String description;

	ShutdownMeter(String meterName, String unit, String description) {
		this.meterName = meterName;
		this.unit = unit;
		this.description = description;
	}

	@Override
	public String meterName() {
		return this.meterName;
	}

	@Override
	public Kind kind() {
		return Kind.GAUGE;
	}

	@Override
	public String unit() {
		return this.unit;
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public Map<String, List<String>> tags() {
		return Map.of();
	}

}
