/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.SuspicionKind;
import dev.holdfast.report.MeterDescription;
import dev.holdfast.socket.SocketState;

/**
 * Meters of leases, sockets and ports. Clients are not known beforehand.
 */
enum LeakMeter implements MeterDescription {

	SUSPECTED("holdfast.leaks.suspected", Kind.COUNTER, "leases", "Leased connections that became suspected."),

	RECLAIMED("holdfast.leaks.reclaimed", Kind.COUNTER, "leases", "Leased connections that were taken back."),

	SOCKETS("holdfast.sockets", Kind.GAUGE, "sockets", "TCP sockets of the network namespace now."),

	PORTS("holdfast.ports.ephemeral.used", Kind.GAUGE, "ratio",
			"Share of the ephemeral ports in use towards the peer that uses most."),

	RETRANSMITS("holdfast.sockets.retransmits", Kind.COUNTER, "segments", "TCP segments sent again."),

	OVERFLOWS("holdfast.sockets.listen.overflows", Kind.COUNTER, "connections",
			"Inbound connections dropped because an accept queue was full.");

	private final String meterName;

	private final Kind kind;

	private final String unit;

	private final String description;

	LeakMeter(String meterName, Kind kind, String unit, String description) {
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
		switch (this) {
			case SUSPECTED -> {
				tags.put("client", List.of("names of clients and pools"));
				tags.put("kind", Arrays.stream(SuspicionKind.values()).map(SuspicionKind::label).toList());
			}
			case RECLAIMED -> {
				tags.put("client", List.of("names of clients and pools"));
				tags.put("tier", List.of(Reclaim.CERTAIN.label(), Reclaim.ABANDONED.label()));
			}
			case SOCKETS -> tags.put("state", Arrays.stream(SocketState.values()).map(SocketState::label).toList());
			case PORTS, RETRANSMITS, OVERFLOWS -> {
				// of the machine, or its container
			}
		}
		return tags;
	}

}
