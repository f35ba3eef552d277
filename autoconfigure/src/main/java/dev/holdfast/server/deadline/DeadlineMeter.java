/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.holdfast.inflight.Phase;
import dev.holdfast.report.MeterDescription;

/**
 * Meters of the deadline.
 */
enum DeadlineMeter implements MeterDescription {

	EXCEEDED("holdfast.deadline.exceeded", "requests",
			"Requests whose time was over before the first byte of their response, ended or not."),

	CLOSED("holdfast.deadline.closed", "connections",
			"Connections closed because a handler went on for close-after after its time was over."),

	IGNORED_BUDGETS("holdfast.deadline.budgets.ignored", "headers", "Budgets of trusted callers that made no sense.");

	private final String meterName;

	private final String unit;

	private final String description;

	DeadlineMeter(String meterName, String unit, String description) {
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
		return Kind.COUNTER;
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
		return (this == EXCEEDED) ? Map.of("phase", Arrays.stream(Phase.values()).map(Phase::label).toList())
				: Map.of();
	}

}
