/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.concurrency.Lane;
import dev.holdfast.concurrency.Limiter;
import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.EndRules;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Says which limiter and which lane a request belongs to. It looks at the path that the
 * container decoded and normalised, the one that handlers are found by, so that no
 * spelling of a path leads around a limit.
 */
final class RequestClassifier {

	private final Routes routes;

	private final Target unmatched;

	private final Target probe;

	private final Target health;

	private final Target excluded;

	private final Map<String, Target> targets = new LinkedHashMap<>();

	private volatile ExcludedPaths excludedPaths;

	RequestClassifier(ServerLimiters limiters, Routes routes, ExcludedPaths excludedPaths) {
		this.routes = routes;
		this.excludedPaths = excludedPaths;
		this.unmatched = new Target(limiters.server(), limiters.server().defaultLane(), true, EndRules.NONE);
		this.probe = new Target(limiters.excluded(), limiters.probes(), false, EndRules.NONE);
		this.health = new Target(limiters.excluded(), limiters.health(), false, EndRules.NONE);
		this.excluded = new Target(limiters.excluded(), limiters.excluded().defaultLane(), false, EndRules.NONE);
		routes.lanes()
			.keySet()
			.forEach((name) -> this.targets.put(name, new Target(limiters.server(),
					Objects.requireNonNull(limiters.server().lane(name)), true, routes.endRules(name))));
	}

	void exclude(ExcludedPaths paths) {
		this.excludedPaths = paths;
	}

	ExcludedPaths excludedPaths() {
		return this.excludedPaths;
	}

	Target classify(HttpServletRequest request) {
		String path = path(request);
		ExcludedPaths paths = this.excludedPaths;
		if (paths.isProbe(path)) {
			return this.probe;
		}
		if (paths.isHealth(path)) {
			return this.health;
		}
		if (paths.isExcluded(path)) {
			return this.excluded;
		}
		Target target = ofRoute(request, path);
		return (target.rules().cancel() == null && SignInPaths.contain(path)) ? target.spared() : target;
	}

	private Target ofRoute(HttpServletRequest request, String path) {
		if (this.routes.isEmpty()) {
			return this.unmatched;
		}
		Routes.@Nullable Entry route = this.routes.match(request.getMethod(), Routes.container(path));
		return (route != null) ? Objects.requireNonNull(this.targets.get(route.name())) : this.unmatched;
	}

	private static String path(HttpServletRequest request) {
		String servletPath = request.getServletPath();
		String pathInfo = request.getPathInfo();
		return (pathInfo != null) ? servletPath + pathInfo : servletPath;
	}

	/**
	 * Where a request belongs.
	 *
	 * @param limiter limiter that admits it
	 * @param lane lane of the limiter
	 * @param application whether it is for the application, not a probe or an endpoint
	 * @param rules what its route says about ending it
	 */
	record Target(Limiter limiter, Lane lane, boolean application, EndRules rules) {

		Target spared() {
			return new Target(this.limiter, this.lane, this.application,
					new EndRules(CancelPolicy.NONE, this.rules.interrupt()));
		}

	}

}
