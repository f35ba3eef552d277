/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.holdfast.concurrency.Priority;
import dev.holdfast.concurrency.ShedReason;
import dev.holdfast.report.MeterDescription;

/**
 * Meters of the admission.
 */
enum ConcurrencyMeter implements MeterDescription {

	LIMIT("holdfast.concurrency.limit", Kind.GAUGE, "requests", "Requests that may run at the same time."),

	IN_FLIGHT("holdfast.concurrency.in.flight", Kind.GAUGE, "requests",
			"Permits held now, requests in asynchronous processing aside."),

	QUEUED("holdfast.concurrency.queued", Kind.GAUGE, "requests", "Requests that wait for a permit now."),

	ADMITTED("holdfast.concurrency.admitted", Kind.COUNTER, "requests", "Permits given."),

	SHED("holdfast.concurrency.shed", Kind.COUNTER, "requests",
			"Requests refused; in observe mode those that would have been refused."),

	GHOSTS("holdfast.inflight.ghosts", Kind.GAUGE, "requests",
			"Requests that still run although their lifetime has ended.");

	private final String meterName;

	private final Kind kind;

	private final String unit;

	private final String description;

	ConcurrencyMeter(String meterName, Kind kind, String unit, String description) {
		this.meterName = meterName;
		this.kind = kind;
		this.unit = unit;
		this.description = description;
	}

	static String tag(Priority priority) {
		return priority.name().toLowerCase(Locale.ROOT);
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
		if (this != SHED) {
			return Map.of();
		}
		Map<String, List<String>> tags = new LinkedHashMap<>();
		tags.put("reason", Arrays.stream(ShedReason.values()).map(ShedReason::label).toList());
		tags.put("priority", Arrays.stream(Priority.values()).map(ConcurrencyMeter::tag).toList());
		return tags;
	}

}
