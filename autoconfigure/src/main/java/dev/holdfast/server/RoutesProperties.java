/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.holdfast.concurrency.Priority;
import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of single routes.
 *
 * @param routes Settings of a route, by a name of your choice.
 * @since 0.1.0
 */
@ConfigurationProperties("holdfast")
public record RoutesProperties(@DefaultValue Map<String, Route> routes) {

	/**
	 * Settings of one route. Where patterns overlap, the most specific one counts.
	 *
	 * @param pattern Path pattern of the route, as in a request mapping.
	 * @param methods Comma-separated list of the HTTP methods of the route, empty for
	 * all.
	 * @param limit Requests of the route that may run at the same time, unset for no
	 * limit of its own.
	 * @param priority Importance of the route; as soon as one route has a priority, all
	 * others count as default.
	 * @param mode What admission does with a decision about the route, unset for the mode
	 * of the admission.
	 * @param deadline Longest time from the end of the request's body to the first byte
	 * of its response, unset for that of all requests.
	 * @param cancel Which requests of the route are ended when their time is over or
	 * their client has left, unset for what holds for all requests.
	 * @param interrupt Whether threads of requests that were ended are interrupted, unset
	 * for what holds for all requests.
	 * @param streaming Whether requests of the route may take any time to answer.
	 */
	@ConfigurationPropertiesSource
	public record Route(@Nullable String pattern, @DefaultValue Set<String> methods, @Nullable Integer limit,
			@Nullable Priority priority, @Nullable Mode mode, @Nullable Duration deadline,
			@Nullable CancelPolicy cancel, @Nullable Boolean interrupt, @DefaultValue("false") boolean streaming) {
	}

}
