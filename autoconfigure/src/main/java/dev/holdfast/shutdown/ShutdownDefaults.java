/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Better defaults for Boot's own keys on Kubernetes, so that the whole shutdown fits into
 * the grace period of a pod.
 */
final class ShutdownDefaults implements EnvironmentPostProcessor, Ordered {

	private static final String SOURCE = "holdfastDefaults";

	private static final Map<String, Object> ON_KUBERNETES = Map.of(ShutdownValidation.PHASE_KEY, "12s",
			// tasks that run get time to end, and what is left of it ends them
			"spring.task.execution.shutdown.await-termination", "true",
			"spring.task.execution.shutdown.await-termination-period", "3s",
			"spring.task.scheduling.shutdown.await-termination", "true",
			"spring.task.scheduling.shutdown.await-termination-period", "1s");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		boolean disabled = Boolean.FALSE.equals(binder.bind("holdfast.enabled", Boolean.class).orElse(null));
		if (disabled || application.getWebApplicationType() == WebApplicationType.NONE
				|| !ShutdownValidation.isKubernetes(environment)) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>(ON_KUBERNETES);
		defaults.keySet().removeIf((key) -> binder.bind(key, String.class).isBound());
		PropertySource<?> known = environment.getPropertySources().get(SOURCE);
		if (known instanceof MapPropertySource source) {
			source.getSource().putAll(defaults);
		}
		else {
			environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
