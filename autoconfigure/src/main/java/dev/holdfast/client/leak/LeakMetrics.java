/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.function.ToDoubleFunction;

import dev.holdfast.leak.LeakCounts;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.socket.EphemeralPorts;
import dev.holdfast.socket.NetworkCounters;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what is counted. The kernel's tables are read when a registry is read, and
 * not more often than the reader allows.
 */
final class LeakMetrics implements MeterBinder {

	private final LeakDetector detector;

	private final Sockets sockets;

	LeakMetrics(LeakDetector detector, Sockets sockets) {
		this.detector = detector;
		this.sockets = sockets;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.detector.counts().onEach((key) -> count(registry, this.detector.counts(), key));
		if (!this.sockets.isAvailable()) {
			return;
		}
		for (SocketState state : SocketState.values()) {
			gauge(registry, LeakMeter.SOCKETS, Tags.of("state", state.label()), (source) -> inState(source, state));
		}
		gauge(registry, LeakMeter.PORTS, Tags.empty(), LeakMetrics::portsUsed);
		if (this.sockets.counters() != null) {
			counter(registry, LeakMeter.RETRANSMITS, NetworkCounters::retransmits);
			counter(registry, LeakMeter.OVERFLOWS, NetworkCounters::listenOverflows);
		}
	}

	private static void count(MeterRegistry registry, LeakCounts counts, LeakCounts.Key key) {
		LeakMeter meter = key.reclaimed() ? LeakMeter.RECLAIMED : LeakMeter.SUSPECTED;
		FunctionCounter.builder(meter.meterName(), counts, (source) -> source.of(key))
			.description(meter.description())
			.tags("client", key.pool(), key.reclaimed() ? "tier" : "kind", key.label())
			.register(registry);
	}

	private void gauge(MeterRegistry registry, LeakMeter meter, Tags tags, ToDoubleFunction<Sockets> value) {
		Gauge.builder(meter.meterName(), this.sockets, value)
			.description(meter.description())
			.tags(tags)
			.strongReference(true)
			.register(registry);
	}

	private void counter(MeterRegistry registry, LeakMeter meter, ToDoubleFunction<NetworkCounters> value) {
		FunctionCounter.builder(meter.meterName(), this.sockets, (source) -> {
			NetworkCounters counters = source.counters();
			return (counters != null) ? value.applyAsDouble(counters) : 0;
		}).description(meter.description()).register(registry);
	}

	private static double inState(Sockets sockets, SocketState state) {
		SocketTable table = sockets.table();
		return (table != null) ? table.states().getOrDefault(state, 0) : Double.NaN;
	}

	private static double portsUsed(Sockets sockets) {
		EphemeralPorts ports = sockets.ephemeralPorts();
		return (ports != null) ? ports.ratio() : Double.NaN;
	}

}
