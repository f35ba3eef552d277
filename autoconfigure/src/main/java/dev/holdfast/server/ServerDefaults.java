/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.thread.Threading;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Better defaults for Boot's own keys, as the property source of lowest precedence. With
 * Boot's default of 200 threads the limit would have to lie below 200 for a thread to be
 * free to refuse; with more threads nobody gets less than before. Jetty has no key for
 * its accept queue: see its auto-configuration.
 */
final class ServerDefaults implements EnvironmentPostProcessor, Ordered {

	static final String SOURCE = "holdfastDefaults";

	static final int THREADS = 300;

	/**
	 * Connections that the kernel keeps until the server accepts them. Boot's default of
	 * 100 overflows when clients reconnect after refusals: then even probes wait a second
	 * for their connection.
	 */
	static final int ACCEPT_COUNT = 1024;

	static final String TOMCAT_ACCEPT_COUNT = "server.tomcat.accept-count";

	static final String TOMCAT_THREADS = "server.tomcat.threads.max";

	static final String JETTY_THREADS = "server.jetty.threads.max";

	/**
	 * Cap on Jetty's tasks on virtual threads: the limit, waiters, and room to refuse.
	 */
	static final int JETTY_VIRTUAL_TASKS = 1250;

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		boolean disabled = Boolean.FALSE.equals(binder.bind("holdfast.enabled", Boolean.class).orElse(null));
		if (disabled || application.getWebApplicationType() == WebApplicationType.NONE) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>();
		defaults.put(TOMCAT_THREADS, THREADS);
		defaults.put(TOMCAT_ACCEPT_COUNT, ACCEPT_COUNT);
		defaults.put(JETTY_THREADS, Threading.VIRTUAL.isActive(environment) ? JETTY_VIRTUAL_TASKS : THREADS);
		// not only precedence: sources added later may end up below ours
		defaults.keySet().removeIf((key) -> binder.bind(key, String.class).isBound());
		if (environment.getPropertySources().get(SOURCE) instanceof MapPropertySource source) {
			// that of the shutdown came first
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

	/**
	 * Moves the source below those that were added since, by {@code @PropertySource} for
	 * one.
	 * @param environment environment to put in order
	 */
	static void moveToEnd(ConfigurableEnvironment environment) {
		MutablePropertySources sources = environment.getPropertySources();
		PropertySource<?> own = sources.remove(SOURCE);
		if (own != null) {
			sources.addLast(own);
		}
	}

}
