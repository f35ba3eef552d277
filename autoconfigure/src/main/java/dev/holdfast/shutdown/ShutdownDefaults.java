/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.Map;

import dev.holdfast.settings.BetterDefaults;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Better defaults for Boot's own keys on Kubernetes, so that the whole shutdown fits into
 * the grace period of a pod.
 */
final class ShutdownDefaults extends BetterDefaults {

	private static final Map<String, ?> ON_KUBERNETES = Map.of(ShutdownValidation.PHASE_KEY, "12s",
			// tasks that run get time to end, and what is left of it ends them
			"spring.task.execution.shutdown.await-termination", "true",
			"spring.task.execution.shutdown.await-termination-period", "3s",
			"spring.task.scheduling.shutdown.await-termination", "true",
			"spring.task.scheduling.shutdown.await-termination-period", "1s");

	@Override
	protected Map<String, ?> defaults(ConfigurableEnvironment environment) {
		return ShutdownValidation.isKubernetes(environment) ? ON_KUBERNETES : Map.of();
	}

}
