/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.RequestWatch;
import dev.holdfast.server.Wire;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of requests whose handler ignores that their time is over: their
 * clients need not wait for it. The handler keeps its permit until it returns.
 */
final class IgnoredEnds implements RequestWatch {

	private final Duration closeAfter;

	private final DeadlineCounts counts;

	private final DeadlineLog log;

	/**
	 * A watch.
	 * @param closeAfter time from the end of a request to that of its connection
	 * @param counts where it is counted
	 * @param log where it is told
	 */
	IgnoredEnds(Duration closeAfter, DeadlineCounts counts, DeadlineLog log) {
		this.closeAfter = closeAfter;
		this.counts = counts;
		this.log = log;
	}

	@Override
	public @Nullable RequestCompanion meet(HttpServletRequest request, RunningRequest running, String route) {
		Wire wire = Wire.of(request);
		return (wire != null) ? new IgnoredEnd(wire, this) : null;
	}

	Duration closeAfter() {
		return this.closeAfter;
	}

	void closed(RunningRequest request) {
		this.counts.closed();
		this.log.closed(request, this.closeAfter);
	}

}
