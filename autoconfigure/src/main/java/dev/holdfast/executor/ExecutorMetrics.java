/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the meters of Boot's task executor, zeros from the start.
 */
final class ExecutorMetrics implements MeterBinder {

	private final TaskCounts counts;

	private final boolean virtual;

	private final @Nullable PinnedThreads pinned;

	ExecutorMetrics(TaskCounts counts, boolean virtual, @Nullable PinnedThreads pinned) {
		this.counts = counts;
		this.virtual = virtual;
		this.pinned = pinned;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder(ExecutorMeter.REJECTED.meterName(), this.counts, TaskCounts::refused)
			.description(ExecutorMeter.REJECTED.description())
			.register(registry);
		for (LateReason reason : LateReason.values()) {
			FunctionCounter.builder(ExecutorMeter.LATE.meterName(), this.counts, (counts) -> counts.lateBy(reason))
				.description(ExecutorMeter.LATE.description())
				.tag("reason", reason.label())
				.register(registry);
		}
		if (this.virtual) {
			Gauge.builder(ExecutorMeter.RUNNING.meterName(), this.counts, TaskCounts::running)
				.description(ExecutorMeter.RUNNING.description())
				.register(registry);
		}
		if (this.pinned != null) {
			FunctionTimer
				.builder(ExecutorMeter.PINNED.meterName(), this.pinned, PinnedThreads::count, PinnedThreads::nanos,
						TimeUnit.NANOSECONDS)
				.description(ExecutorMeter.PINNED.description())
				.register(registry);
		}
	}

}
