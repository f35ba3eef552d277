/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.report.MeterDescription;

/**
 * Meters of the outbound clients. Clients and targets are not known beforehand; targets
 * are bounded in number.
 */
enum ClientMeter implements MeterDescription {

	CONNECTIONS("holdfast.client.pool.connections", Kind.GAUGE, "connections", "Connections now."),

	PENDING("holdfast.client.pool.pending", Kind.GAUGE, "calls", "Calls that wait for a connection now."),

	LEASE("holdfast.client.lease", Kind.TIMER, "seconds", "Time waited for a connection."),

	CONNECT("holdfast.client.connect", Kind.TIMER, "seconds",
			"Time for opening a connection: name, addresses and handshake."),

	HANDSHAKE("holdfast.client.tls.handshake", Kind.TIMER, "seconds", "Time of TLS handshakes."),

	OPENED("holdfast.client.connections.opened", Kind.COUNTER, "connections", "Connections opened."),

	CLOSED("holdfast.client.connections.closed", Kind.COUNTER, "connections", "Connections closed."),

	FAILED("holdfast.client.calls.failed", Kind.COUNTER, "calls", "Calls that failed."),

	EXCEEDED("holdfast.client.limits.exceeded", Kind.COUNTER, "calls",
			"Limits reached; in observe mode those that would have been enforced."),

	RETRIES("holdfast.client.retries", Kind.COUNTER, "calls", "Decisions about another attempt."),

	BLOCKED("holdfast.client.addresses.blocked", Kind.COUNTER, "calls",
			"Calls to forbidden addresses; in observe mode those that would have been refused.");

	/** States of connections. */
	static final List<String> STATES = List.of("leased", "idle", "draining");

	private final String meterName;

	private final Kind kind;

	private final String unit;

	private final String description;

	ClientMeter(String meterName, Kind kind, String unit, String description) {
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
		Map<String, List<String>> tags = new LinkedHashMap<>();
		tags.put("client", List.of("names of clients"));
		switch (this) {
			case CONNECTIONS -> {
				tags.put("target", targets());
				tags.put("state", STATES);
			}
			case PENDING, LEASE, CONNECT, OPENED -> tags.put("target", targets());
			case HANDSHAKE -> {
				tags.put("target", targets());
				tags.put("resumed", List.of("true", "false"));
			}
			case CLOSED -> {
				tags.put("target", targets());
				tags.put("reason", Arrays.stream(CloseReason.values()).map(CloseReason::label).toList());
			}
			case FAILED -> {
				tags.put("kind", Arrays.stream(FailureKind.values()).map(FailureKind::label).toList());
				tags.put("phase", phases());
			}
			case EXCEEDED -> tags.put("phase", phases());
			case RETRIES -> tags.put("outcome", Arrays.stream(RetryOutcome.values()).map(RetryOutcome::label).toList());
			case BLOCKED -> {
				// none but the client
			}
		}
		return tags;
	}

	private static List<String> targets() {
		return List.of("at most " + ClientStats.MAX_TARGETS + " targets", ClientStats.OTHER);
	}

	private static List<String> phases() {
		return Arrays.stream(CallPhase.values()).map(CallPhase::label).toList();
	}

}
