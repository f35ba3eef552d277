/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.concurrency.LaneSettings;
import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.concurrency.LimiterState;
import dev.holdfast.concurrency.ShedReason;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Answer of the concurrency endpoint.
 *
 * @param limiters the limiters by name
 */
record ConcurrencyDescriptor(Map<String, LimiterDescriptor> limiters) implements OperationResponseBody {

	/**
	 * A limiter.
	 *
	 * @param mode off, observe or enforce
	 * @param algorithm how the limit is found
	 * @param limit requests that may run at the same time
	 * @param inFlight permits held
	 * @param queued requests that wait
	 * @param maxQueued requests that may wait
	 * @param burstQueued requests that may wait beyond that for a moment
	 * @param maxWaitMs longest wait in milliseconds
	 * @param admitted permits given so far
	 * @param shed refusals so far by reason
	 * @param shedByPriority the same refusals by priority and reason
	 * @param wouldHaveQueued requests that observe mode let pass and that would have
	 * waited
	 * @param async requests in asynchronous processing
	 * @param routes the routes by name
	 */
	record LimiterDescriptor(String mode, String algorithm, int limit, int inFlight, int queued, int maxQueued,
			int burstQueued, long maxWaitMs, long admitted, Map<String, Long> shed,
			Map<String, Map<String, Long>> shedByPriority, long wouldHaveQueued, AsyncDescriptor async,
			Map<String, RouteDescriptor> routes) implements OperationResponseBody {

		static LimiterDescriptor of(LimiterState state) {
			LimiterSettings settings = state.settings();
			Map<String, Map<String, Long>> shedByPriority = new LinkedHashMap<>();
			state.shedByPriority()
				.forEach((priority, shed) -> shedByPriority.put(ConcurrencyMeter.tag(priority), byLabel(shed)));
			Map<String, RouteDescriptor> routes = new LinkedHashMap<>();
			state.routes().forEach((route) -> routes.put(route.name(), RouteDescriptor.of(route, settings)));
			return new LimiterDescriptor(Modes.label(settings.mode()), "fixed", settings.limit(), state.inFlight(),
					state.queued(), settings.maxQueued(), settings.burstQueued(), settings.maxWait().toMillis(),
					state.admitted(), byLabel(state.shed()), shedByPriority, state.wouldHaveQueued(),
					new AsyncDescriptor(settings.asyncLimit(), state.parked()), routes);
		}

		private static Map<String, Long> byLabel(Map<ShedReason, Long> counts) {
			Map<String, Long> labelled = new LinkedHashMap<>();
			counts.forEach((reason, count) -> labelled.put(reason.label(), count));
			return labelled;
		}

	}

	/**
	 * Requests in asynchronous processing.
	 *
	 * @param limit how many there may be
	 * @param inFlight how many there are
	 */
	record AsyncDescriptor(int limit, int inFlight) {
	}

	/**
	 * A route.
	 *
	 * @param limit requests of the route that may run at the same time, null for no limit
	 * of its own
	 * @param inFlight requests of the route that run
	 * @param priority critical, default, degraded or bulk
	 * @param mode off, observe or enforce
	 */
	record RouteDescriptor(@JsonInclude @Nullable Integer limit, int inFlight, String priority, String mode) {

		static RouteDescriptor of(LimiterState.LaneState lane, LimiterSettings limiter) {
			LaneSettings settings = lane.settings();
			return new RouteDescriptor(settings.limit(), lane.inFlight(),
					ConcurrencyMeter.tag(settings.effectivePriority()),
					Modes.label((settings.mode() != null) ? settings.mode() : limiter.mode()));
		}

	}

}
