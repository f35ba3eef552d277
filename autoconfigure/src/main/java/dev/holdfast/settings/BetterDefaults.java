/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.settings;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Better defaults of a feature for Boot's own keys. Those of all features are in one
 * property source of lowest precedence, and none is there for a key that is set.
 *
 * @since 0.1.0
 */
public abstract class BetterDefaults implements EnvironmentPostProcessor, Ordered {

	/** Name of the property source. */
	public static final String SOURCE = "holdfastDefaults";

	/**
	 * The defaults of the feature.
	 * @param environment the environment they are for
	 * @return values by key, empty if there are none
	 */
	protected abstract Map<String, ?> defaults(ConfigurableEnvironment environment);

	@Override
	public final void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		boolean disabled = Boolean.FALSE.equals(binder.bind("holdfast.enabled", Boolean.class).orElse(null));
		if (disabled || application.getWebApplicationType() == WebApplicationType.NONE) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>(defaults(environment));
		// not only precedence: sources added later may end up below ours
		defaults.keySet().removeIf((key) -> binder.bind(key, String.class).isBound());
		if (defaults.isEmpty()) {
			return;
		}
		if (environment.getPropertySources().get(SOURCE) instanceof MapPropertySource known) {
			known.getSource().putAll(defaults);
		}
		else {
			environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults));
		}
	}

	@Override
	public final int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Moves the source below those that were added since, by {@code @PropertySource} for
	 * one.
	 * @param environment environment to put in order
	 */
	public static void moveToEnd(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		PropertySource<?> own = sources.remove(SOURCE);
		if (own != null) {
			sources.addLast(own);
		}
	}

}
