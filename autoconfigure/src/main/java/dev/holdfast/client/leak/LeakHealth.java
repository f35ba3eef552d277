/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.leak.LeakDetector;
import dev.holdfast.socket.Descriptors;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Details for whoever looks. Always up: an instance that leaks answers still, and a
 * restart hides what leaks.
 */
final class LeakHealth implements HealthIndicator {

	private final LeakDetector detector;

	private final Resources resources;

	LeakHealth(LeakDetector detector, Resources resources) {
		this.detector = detector;
		this.resources = resources;
	}

	@Override
	public Health health() {
		Map<String, Long> suspected = new LinkedHashMap<>();
		this.detector.suspects().forEach((suspect) -> suspected.merge(suspect.kind().label(), 1L, Long::sum));
		Health.Builder health = Health.up()
			.withDetail("leases", this.detector.leases())
			.withDetail("suspected", suspected);
		Descriptors descriptors = this.resources.sockets().descriptors();
		if (descriptors != null) {
			health.withDetail("descriptors", descriptors.open() + " of " + descriptors.max());
		}
		return health.build();
	}

}
