/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;

/**
 * Meters of WebSockets.
 */
enum WebSocketMeter implements MeterDescription {

	SESSIONS("holdfast.websocket.sessions", Kind.GAUGE, "Sessions open now."),

	CLOSED("holdfast.websocket.closed", Kind.COUNTER, "Sessions closed by Holdfast.");

	private final String meterName;

	private final Kind kind;

	private final String description;

	WebSocketMeter(String meterName, Kind kind, String description) {
		this.meterName = meterName;
		this.kind = kind;
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
		return "sessions";
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public Map<String, List<String>> tags() {
		return (this == CLOSED) ? Map.of("reason", Arrays.stream(CloseReason.values()).map(CloseReason::label).toList())
				: Map.of();
	}

}
