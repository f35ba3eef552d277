/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import dev.holdfast.inflight.Phase;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes what was counted. All meters are registered at once, so that zeros are
 * visible from the start.
 */
final class DeadlineMetrics implements MeterBinder {

	private final DeadlineCounts counts;

	private final Budgets budgets;

	DeadlineMetrics(DeadlineCounts counts, Budgets budgets) {
		this.counts = counts;
		this.budgets = budgets;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Phase phase : Phase.values()) {
			FunctionCounter.builder(DeadlineMeter.EXCEEDED.meterName(), this.counts, (source) -> source.exceeded(phase))
				.description(DeadlineMeter.EXCEEDED.description())
				.tag("phase", phase.label())
				.register(registry);
		}
		FunctionCounter.builder(DeadlineMeter.CLOSED.meterName(), this.counts, DeadlineCounts::closedCount)
			.description(DeadlineMeter.CLOSED.description())
			.register(registry);
		FunctionCounter.builder(DeadlineMeter.IGNORED_BUDGETS.meterName(), this.budgets, Budgets::ignored)
			.description(DeadlineMeter.IGNORED_BUDGETS.description())
			.register(registry);
	}

}
