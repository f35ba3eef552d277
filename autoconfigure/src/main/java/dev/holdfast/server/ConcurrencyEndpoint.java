/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.concurrency.Lane;
import dev.holdfast.concurrency.LaneSettings;
import dev.holdfast.concurrency.Limiter;
import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the limiters and changes mode and limit of one, or of one of its routes, until
 * the next start.
 */
@WebEndpoint(id = "concurrency", defaultAccess = Access.READ_ONLY)
final class ConcurrencyEndpoint {

	private static final Logger LOGGER = LoggerFactory.getLogger(ConcurrencyEndpoint.class);

	private final ServerLimiters limiters;

	ConcurrencyEndpoint(ServerLimiters limiters) {
		this.limiters = limiters;
	}

	@ReadOperation
	ConcurrencyDescriptor concurrency() {
		Map<String, ConcurrencyDescriptor.LimiterDescriptor> all = new LinkedHashMap<>();
		this.limiters.all()
			.forEach((name, limiter) -> all.put(name, ConcurrencyDescriptor.LimiterDescriptor.of(limiter.state())));
		return new ConcurrencyDescriptor(all);
	}

	@WriteOperation
	WebEndpointResponse<Object> change(@Selector String name, @Nullable String mode, @Nullable Integer limit,
			@Nullable String route) {
		Limiter limiter = this.limiters.byName(name);
		if (limiter == null) {
			return refused("There is no limiter '%s', only %s".formatted(name, this.limiters.all().keySet()),
					WebEndpointResponse.STATUS_NOT_FOUND);
		}
		if (mode == null && limit == null) {
			return refused("Nothing to change: give 'mode' or 'limit'", WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		if (limit != null && limit < 1) {
			return refused("'limit' must be at least 1, was " + limit, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		Mode newMode = Modes.parse(mode);
		if (mode != null && newMode == null) {
			return refused("'mode' must be one of off, observe and enforce, was '%s'".formatted(mode),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		if (route == null) {
			change(name, limiter, newMode, limit);
		}
		else {
			Lane lane = route.isEmpty() ? null : limiter.lane(route);
			if (lane == null) {
				return refused("Limiter '%s' has no route '%s'".formatted(name, route),
						WebEndpointResponse.STATUS_NOT_FOUND);
			}
			change(name, limiter, lane, newMode, limit);
		}
		ConcurrencyReport.warn(LOGGER, this.limiters);
		return new WebEndpointResponse<>(ConcurrencyDescriptor.LimiterDescriptor.of(limiter.state()));
	}

	private static void change(String name, Limiter limiter, @Nullable Mode mode, @Nullable Integer limit) {
		limiter.update((before) -> {
			LimiterSettings after = before;
			after = (mode != null) ? after.withMode(mode) : after;
			after = (limit != null) ? after.withLimit(limit) : after;
			LOGGER.info("Limiter '{}' changed by the concurrency endpoint: mode {} -> {}, limit {} -> {}", name,
					before.mode(), after.mode(), before.limit(), after.limit());
			return after;
		});
	}

	private static void change(String name, Limiter limiter, Lane lane, @Nullable Mode mode, @Nullable Integer limit) {
		limiter.update(lane, (before) -> {
			LaneSettings after = new LaneSettings((limit != null) ? limit : before.limit(), before.priority(),
					(mode != null) ? mode : before.mode());
			LOGGER.info("Route '{}' of limiter '{}' changed by the concurrency endpoint: mode {} -> {}, limit {} -> {}",
					lane.name(), name, shown(before.mode()), shown(after.mode()), shown(before.limit()),
					shown(after.limit()));
			return after;
		});
	}

	private static Object shown(@Nullable Mode mode) {
		return (mode != null) ? mode : "as the limiter";
	}

	private static Object shown(@Nullable Integer limit) {
		return (limit != null) ? limit : "none";
	}

	private static WebEndpointResponse<Object> refused(String message, int status) {
		return new WebEndpointResponse<>(Map.of("error", message), status);
	}

}
