/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.function.ToDoubleFunction;

import dev.holdfast.concurrency.Limiter;
import dev.holdfast.concurrency.Priority;
import dev.holdfast.concurrency.ShedReason;
import dev.holdfast.inflight.RunningRequests;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the meters of the admission. All are registered at once, so that zeros are
 * visible from the start. Refusals of probes and endpoints count as well.
 */
final class ConcurrencyMetrics implements MeterBinder {

	private final ServerLimiters limiters;

	private final RunningRequests running;

	ConcurrencyMetrics(ServerLimiters limiters, RunningRequests running) {
		this.limiters = limiters;
		this.running = running;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Limiter server = this.limiters.server();
		gauge(registry, ConcurrencyMeter.LIMIT, server, (limiter) -> limiter.settings().limit());
		gauge(registry, ConcurrencyMeter.IN_FLIGHT, server, Limiter::inFlight);
		gauge(registry, ConcurrencyMeter.QUEUED, server, Limiter::queued);
		gauge(registry, ConcurrencyMeter.GHOSTS, this.running, RunningRequests::ghosts);
		FunctionCounter.builder(ConcurrencyMeter.ADMITTED.meterName(), server, Limiter::admitted)
			.description(ConcurrencyMeter.ADMITTED.description())
			.register(registry);
		for (ShedReason reason : ShedReason.values()) {
			for (Priority priority : Priority.values()) {
				shed(registry, reason, priority);
			}
		}
	}

	private void shed(MeterRegistry registry, ShedReason reason, Priority priority) {
		FunctionCounter
			.builder(ConcurrencyMeter.SHED.meterName(), this.limiters,
					(limiters) -> limiters.server().shed(reason, priority) + limiters.excluded().shed(reason, priority))
			.description(ConcurrencyMeter.SHED.description())
			.tag("reason", reason.label())
			.tag("priority", ConcurrencyMeter.tag(priority))
			.register(registry);
	}

	private static <T> void gauge(MeterRegistry registry, ConcurrencyMeter meter, T source, ToDoubleFunction<T> value) {
		Gauge.builder(meter.meterName(), source, value).description(meter.description()).register(registry);
	}

}
