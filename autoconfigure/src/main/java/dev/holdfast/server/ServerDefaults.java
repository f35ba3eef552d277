/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Map;

import dev.holdfast.settings.BetterDefaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Better defaults for Boot's own keys, for threads and connections. With Boot's default
 * of 200 threads the limit would have to lie below 200 for a thread to be free to refuse;
 * with more threads nobody gets less than before. Jetty has no key for its accept queue:
 * see its auto-configuration.
 */
final class ServerDefaults extends BetterDefaults {

	static final int THREADS = 300;

	/**
	 * Connections that the kernel keeps until the server accepts them. Boot's default of
	 * 100 overflows when a crowd connects at once: then even probes wait a second for
	 * their connection.
	 */
	static final int ACCEPT_COUNT = 1024;

	static final String TOMCAT_ACCEPT_COUNT = "server.tomcat.accept-count";

	static final String TOMCAT_THREADS = "server.tomcat.threads.max";

	static final String JETTY_THREADS = "server.jetty.threads.max";

	/**
	 * Cap on Jetty's tasks on virtual threads: the limit, waiters, and room to refuse.
	 */
	static final int JETTY_VIRTUAL_TASKS = 1250;

	/**
	 * The key that the threads of a server are set by.
	 * @param capacity the server
	 * @return the key, or {@code null} if the server is none of Boot's
	 */
	static @Nullable String threadsKey(ServerCapacity capacity) {
		return switch (capacity.server()) {
			case "Tomcat" -> TOMCAT_THREADS;
			case "Jetty" -> JETTY_THREADS;
			default -> null;
		};
	}

	@Override
	protected Map<String, ?> defaults(ConfigurableEnvironment environment) {
		return Map.of(TOMCAT_THREADS, THREADS, TOMCAT_ACCEPT_COUNT, ACCEPT_COUNT, JETTY_THREADS,
				Threading.VIRTUAL.isActive(environment) ? JETTY_VIRTUAL_TASKS : THREADS);
	}

}
