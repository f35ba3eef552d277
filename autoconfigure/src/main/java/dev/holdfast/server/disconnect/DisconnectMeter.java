/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;

/**
 * Meters of the disconnect watch.
 */
enum DisconnectMeter implements MeterDescription {

	DETECTED("holdfast.disconnect.detected", "Requests whose client left while they ran."),

	CANCELLED("holdfast.disconnect.cancelled",
			"Requests that were ended because their client left; in observe mode those that would have been ended.");

	private final String meterName;

	private final String description;

	DisconnectMeter(String meterName, String description) {
		this.meterName = meterName;
		this.description = description;
	}

	@Override
	public String meterName() {
		return this.meterName;
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
		return this.description;
	}

	@Override
	public Map<String, List<String>> tags() {
		return Map.of();
	}

}
