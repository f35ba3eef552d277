/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;

/**
 * Meters of Boot's task executor that Boot does not publish itself.
 */
enum ExecutorMeter implements MeterDescription {

	REJECTED("holdfast.executor.rejected", Kind.COUNTER, "tasks", "Tasks that Boot's task executor refused."),

	LATE("holdfast.executor.late", Kind.COUNTER, "tasks",
			"Tasks whose turn came too late: cancelled, skipped, or run inside an ended lifetime."),

	RUNNING("holdfast.executor.running", Kind.GAUGE, "tasks",
			"Tasks that run now on Boot's task executor; published where it has virtual threads."),

	PINNED("holdfast.executor.pinned", Kind.TIMER, "seconds",
			"Times for which virtual threads kept their carrier while they waited; published with holdfast.executor.pinning.");

	private final String meterName;

	private final Kind kind;

	private final String unit;

	private final String description;

	ExecutorMeter(String meterName, Kind kind, String unit, String description) {
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
		return (this == LATE) ? Map.of("reason", Arrays.stream(LateReason.values()).map(LateReason::label).toList())
				: Map.of();
	}

}
