/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns settings into values or stops the start, naming key, value and remedy.
 */
final class ExecutorValidation {

	static final String MAX_QUEUE_AGE_KEY = "holdfast.executor.max-queue-age";

	private ExecutorValidation() {
	}

	/**
	 * Longest wait of a task.
	 * @param properties the settings
	 * @return the time, zero where nothing is too old
	 */
	static Duration maxQueueAge(ExecutorProperties properties) {
		Duration age = properties.maxQueueAge();
		if (age == null) {
			return Duration.ZERO;
		}
		if (age.compareTo(Duration.ofMillis(1)) < 0 || age.compareTo(Duration.ofDays(1)) > 0) {
			throw new InvalidConfigurationPropertyValueException(MAX_QUEUE_AGE_KEY, age,
					"It must lie between 1ms and 1d: leave it out if no task is ever too old.");
		}
		return age;
	}

}
