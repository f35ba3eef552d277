/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Leases as the client's meter tells them, over all its targets. A meter that is not
 * there is not a zero.
 */
final class MeterLeaseCount implements LeaseCount {

	static final String METER = "holdfast.client.pool.connections";

	/** The pool counts anew when its last count is 100 ms old. */
	private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

	private final MeterRegistry registry;

	MeterLeaseCount(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public OptionalInt leased() {
		return connections("leased");
	}

	@Override
	public OptionalInt idle() {
		return connections("idle");
	}

	private OptionalInt connections(String state) {
		LockSupport.parkNanos(STALE_NANOS);
		Collection<Meter> meters = this.registry.find(METER).tag("state", state).meters();
		if (meters.isEmpty()) {
			return OptionalInt.empty();
		}
		double leased = meters.stream()
			.flatMap((meter) -> StreamSupport.stream(meter.measure().spliterator(), false))
			.mapToDouble((measurement) -> measurement.getValue())
			.sum();
		return OptionalInt.of((int) Math.round(leased));
	}

}
