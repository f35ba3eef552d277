/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Counts how the work of each route ended, as the application itself saw it: the witness
 * for every claim that cancelled requests really stop.
 */
@Component
final class Outcomes {

	private final Map<DemoRoute, OutcomeCounter> counters = new EnumMap<>(DemoRoute.class);

	Outcomes() {
		for (DemoRoute route : DemoRoute.values()) {
			this.counters.put(route, new OutcomeCounter());
		}
	}

	/**
	 * Does the work on the calling thread and counts how it ended.
	 * @param <T> what the work answers
	 * @param <E> what the work may throw
	 * @param route the route to count for
	 * @param work the work
	 * @return the answer of the work
	 * @throws E what the work has thrown
	 */
	<T, E extends Exception> T count(DemoRoute route, Work<T, E> work) throws E {
		OutcomeCounter.Run run = start(route);
		try {
			T answer = work.perform();
			run.completed();
			return answer;
		}
		catch (Throwable ex) {
			run.threw(ex);
			throw ex;
		}
	}

	OutcomeCounter.Run start(DemoRoute route) {
		OutcomeCounter counter = this.counters.get(route);
		if (counter == null) {
			throw new IllegalArgumentException("No counter for " + route);
		}
		return counter.start();
	}

	Map<String, Outcome> snapshot() {
		Map<String, Outcome> snapshot = new LinkedHashMap<>();
		this.counters.forEach((route, counter) -> snapshot.put(route.id(), counter.snapshot()));
		return snapshot;
	}

	/**
	 * Work that answers or throws.
	 *
	 * @param <T> what it answers
	 * @param <E> what it may throw
	 */
	@FunctionalInterface
	interface Work<T, E extends Exception> {

		T perform() throws E;

	}

}
