/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Paths that must be answered when nothing else is: probes, other endpoints, and what the
 * user adds. Replaced as a whole once the endpoints are known.
 *
 * @param probes paths of probes, each with what lies below
 * @param health the path of health as a whole, with what else lies below
 * @param endpoints other endpoint paths, each with what lies below
 * @param patterns patterns that the user added
 */
record ExcludedPaths(PathRoots probes, PathRoots health, PathRoots endpoints, List<PathPattern> patterns) {

	static ExcludedPaths of(ConcurrencyProperties properties) {
		List<PathPattern> patterns = new ArrayList<>();
		for (String pattern : properties.exclude()) {
			patterns.add(Routes.parse("holdfast.concurrency.exclude", pattern));
		}
		return new ExcludedPaths(PathRoots.NONE, PathRoots.NONE, PathRoots.NONE, patterns);
	}

	ExcludedPaths with(PathRoots itsProbes, PathRoots itsHealth, PathRoots itsEndpoints) {
		return new ExcludedPaths(itsProbes, itsHealth, itsEndpoints, this.patterns);
	}

	boolean isProbe(String path) {
		return this.probes.contain(path);
	}

	boolean isHealth(String path) {
		return this.health.contain(path);
	}

	boolean isExcluded(String path) {
		return this.endpoints.contain(path) || matches(path);
	}

	private boolean matches(String path) {
		if (this.patterns.isEmpty()) {
			return false;
		}
		PathContainer container = Routes.container(path);
		for (PathPattern pattern : this.patterns) {
			if (pattern.matches(container)) {
				return true;
			}
		}
		return false;
	}

}
