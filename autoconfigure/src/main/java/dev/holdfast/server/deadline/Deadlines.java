/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.RequestWatch;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request the time that its route, its caller and the service allow.
 */
final class Deadlines implements RequestWatch {

	private final @Nullable DeadlineRule common;

	private final Map<String, DeadlineRule> routes;

	private final Set<String> streaming;

	private final Budgets budgets;

	/**
	 * Deadlines.
	 * @param common what holds where a route has no rule, {@code null} for no deadlines
	 * at all
	 * @param routes what holds for routes, by name
	 * @param streaming names of routes that may take any time
	 * @param budgets what callers give
	 */
	Deadlines(@Nullable DeadlineRule common, Map<String, DeadlineRule> routes, Set<String> streaming, Budgets budgets) {
		this.common = common;
		this.routes = Map.copyOf(routes);
		this.streaming = Set.copyOf(streaming);
		this.budgets = budgets;
	}

	@Override
	public @Nullable RequestCompanion meet(HttpServletRequest request, RunningRequest running, String route) {
		DeadlineRule rule = this.common;
		if (rule == null || this.streaming.contains(route)) {
			return null;
		}
		rule = this.routes.getOrDefault(route, rule);
		Duration budget = this.budgets.of(request);
		// What a caller gives counts from now on: it waits while it sends, too
		RequestDeadline deadline = (budget != null && budget.compareTo(rule.limit()) < 0)
				? new RequestDeadline(rule.within(budget), running, false)
				: new RequestDeadline(rule, running, mayHaveBody(request));
		deadline.begin(running);
		return deadline;
	}

	// Over HTTP/2 and with chunks no length is known before. A GET with such a body is
	// rare, and short.
	private static boolean mayHaveBody(HttpServletRequest request) {
		long length = request.getContentLengthLong();
		return length > 0 || (length < 0 && switch (request.getMethod()) {
			case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
			default -> true;
		});
	}

}
