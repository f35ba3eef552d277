/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.List;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what was ended, one entry per request: what it was, how old, and where it was.
 */
final class CutReport {

	private static final Logger LOGGER = LoggerFactory.getLogger(CutReport.class);

	private static final int MOST_REQUESTS = 20;

	private static final int MOST_FRAMES = 60;

	private CutReport() {
	}

	static void log(List<RunningRequest> cut, RunningRequests table, DrainPlan plan) {
		LOGGER.warn("{} requests still run {} after the port was closed and are ended now. More time: {} (now {})",
				cut.size(), DrainPlan.text(plan.phase().minus(plan.reserve())), ShutdownValidation.PHASE_KEY,
				DrainPlan.text(plan.phase()));
		cut.stream()
			.limit(MOST_REQUESTS)
			.forEach((request) -> LOGGER.warn("{}", describe(request, table.age(request).toMillis())));
		if (cut.size() > MOST_REQUESTS) {
			LOGGER.warn("... and {} more", cut.size() - MOST_REQUESTS);
		}
	}

	private static String describe(RunningRequest request, long ageMillis) {
		Thread thread = request.thread();
		String route = request.route();
		StringBuilder text = new StringBuilder("Ended: ").append(request.method())
			.append(' ')
			.append((route != null) ? route : "(no handler yet)")
			.append(" after ")
			.append(ageMillis)
			.append(" ms, ")
			.append(request.phase().label())
			.append(", ")
			.append((thread != null) ? "thread " + thread.getName() : "without a thread");
		if (thread != null) {
			StackTraceElement[] stack = thread.getStackTrace();
			for (int i = 0; i < Math.min(stack.length, MOST_FRAMES); i++) {
				text.append("\n\tat ").append(stack[i]);
			}
		}
		return text.toString();
	}

}
