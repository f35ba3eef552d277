/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.report.Profile;
import dev.holdfast.settings.BetterDefaults;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Better defaults for Boot's own keys: a queue that ends. The number of threads stays
 * what it was, see {@link CappedThreads}.
 */
final class ExecutorDefaults extends BetterDefaults {

	static final String QUEUE_KEY = "spring.task.execution.pool.queue-capacity";

	static final String LIMIT_KEY = "spring.task.execution.simple.concurrency-limit";

	static final String REJECT_KEY = "spring.task.execution.simple.reject-tasks-when-limit-reached";

	/** Tasks that may wait. Without a bound they wait until the memory is gone. */
	static final int QUEUE = 10_000;

	@Override
	protected Map<String, ?> defaults(ConfigurableEnvironment environment) {
		Binder binder = Binder.get(environment);
		Map<String, Object> defaults = new LinkedHashMap<>();
		defaults.put(QUEUE_KEY, QUEUE);
		Profile profile = binder.bind("holdfast.profile", Profile.class).orElse(Profile.COMPATIBLE);
		if (profile == Profile.STRICT && binder.bind(LIMIT_KEY, String.class).isBound()) {
			// whoever hands over would wait without an end otherwise, as it does in
			// 'compatible', where code may rely on it
			defaults.put(REJECT_KEY, true);
		}
		return defaults;
	}

}
