/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Map;
import java.util.Set;

import dev.holdfast.concurrency.Priority;
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
	 */
	@ConfigurationPropertiesSource
	public record Route(@Nullable String pattern, @DefaultValue Set<String> methods, @Nullable Integer limit,
			@Nullable Priority priority, @Nullable Mode mode) {
	}

}
