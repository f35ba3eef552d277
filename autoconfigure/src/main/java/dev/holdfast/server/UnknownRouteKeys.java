/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import dev.holdfast.server.RoutesProperties.Route;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Stops the start at a key below a route that nobody reads: a limit with a typo would be
 * no limit. Boot checks whole prefixes only, and {@code holdfast} is shared by all
 * features.
 */
final class UnknownRouteKeys {

	private UnknownRouteKeys() {
	}

	static void refuse(Environment environment) {
		BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
		Binder.get(environment).bind("holdfast.routes", Bindable.mapOf(String.class, Route.class), strict);
	}

}
