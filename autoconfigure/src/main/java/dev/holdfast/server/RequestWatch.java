/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import dev.holdfast.inflight.RunningRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Meets every request of the application, probes and endpoints aside, before it asks for
 * admission. Every bean of this type takes part.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestWatch {

	/**
	 * Meets a request on its own thread. It must not read its body.
	 * @param request the request
	 * @param running its entry among those that run
	 * @param route name of its configured route, empty if none matches
	 * @return who goes along with it, {@code null} if it goes alone
	 */
	@Nullable RequestCompanion meet(HttpServletRequest request, RunningRequest running, String route);

}
