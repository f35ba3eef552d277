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

	/** Where a service is between serving and having stopped. */
	STATE;

	@Override
	public String meterName() {
		return "holdfast.drain.state";
	}

	@Override
	public Kind kind() {
		return Kind.GAUGE;
	}

	@Override
	public String unit() {
		return "state";
	}

	@Override
	public String description() {
		return "0 serving, 1 draining, 2 drained and waiting for SIGTERM, 3 stopping.";
	}

	@Override
	public Map<String, List<String>> tags() {
		return Map.of();
	}

}
