/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the paths of health and other endpoints on the application's own port, wherever
 * the user has mapped them, before the server starts to accept. Probes are liveness,
 * readiness and the paths that groups have outside of the endpoints; health as a whole
 * may ask a database, and must not keep them waiting.
 */
final class EndpointExclusion implements SmartInitializingSingleton {

	private static final EndpointId HEALTH = EndpointId.of("health");

	private final RequestClassifier classifier;

	private final PathMappedEndpoints endpoints;

	private final Environment environment;

	EndpointExclusion(RequestClassifier classifier, PathMappedEndpoints endpoints, Environment environment) {
		this.classifier = classifier;
		this.endpoints = endpoints;
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> probes = new ArrayList<>();
		List<String> health = new ArrayList<>();
		List<String> others = new ArrayList<>();
		for (String path : this.endpoints.getAdditionalPaths(WebServerNamespace.SERVER, HEALTH)) {
			probes.add(onServer(path));
		}
		if (ManagementPortType.get(this.environment) == ManagementPortType.SAME) {
			String root = this.endpoints.getPath(HEALTH);
			if (root != null) {
				health.add(onServer(root));
				probes.add(onServer(root + "/liveness"));
				probes.add(onServer(root + "/readiness"));
			}
			for (String path : this.endpoints.getAllPaths()) {
				others.add(onServer(path));
			}
			if (StringUtils.hasLength(this.endpoints.getBasePath())) {
				others.add(onServer(this.endpoints.getBasePath()));
			}
		}
		this.classifier.exclude(this.classifier.excludedPaths().with(roots(probes), roots(health), roots(others)));
	}

	private static PathRoots roots(List<String> paths) {
		return PathRoots.of(paths.toArray(String[]::new));
	}

	private String onServer(String path) {
		String servletPath = this.environment.getProperty("spring.mvc.servlet.path", "/");
		String prefix = StringUtils.trimTrailingCharacter(servletPath, '/');
		return prefix + (path.startsWith("/") ? path : "/" + path);
	}

}
