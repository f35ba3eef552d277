/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;

/**
 * Meters of statements that end with their requests.
 */
enum JdbcMeter implements MeterDescription {

	CANCELLED("holdfast.jdbc.cancelled", Kind.COUNTER, "operations",
			"Statements, open results and waits for a connection that ended with their request; in observe mode those that would have.");

	private final String meterName;

	private final Kind kind;

	private final String unit;

	private final String description;

	JdbcMeter(String meterName, Kind kind, String unit, String description) {
		this.meterName = meterName;
		this.kind = kind;
		this.unit = unit;
		this.description = description;
	}

	@Override
	public String meterName() {
		return this.meterName;
	}

	@Override
	public Kind kind() {
		return this.kind;
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
		return Map.of("kind", Arrays.stream(Cancelled.values()).map(Cancelled::label).toList());
	}

}
