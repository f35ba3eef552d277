/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.OptionalInt;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;

/**
 * Turns settings into values or stops the start, naming key, value and remedy.
 */
final class ConcurrencyValidation {

	private static final String PREFIX = "holdfast.concurrency.";

	private ConcurrencyValidation() {
	}

	static Limits.Chosen limits(ConcurrencyProperties properties) {
		return new Limits.Chosen(number("limit", properties.limit(), 1),
				number("max-queued", properties.maxQueued(), 0), number("async-limit", properties.asyncLimit(), 1));
	}

	static Duration maxWait(ConcurrencyProperties properties) {
		if (properties.maxWait().isNegative() || properties.maxWait().compareTo(Duration.ofHours(1)) > 0) {
			throw invalid("max-wait", properties.maxWait(), "It must lie between 0 and 1h: 0 refuses at once.");
		}
		return properties.maxWait();
	}

	static int retryAfterSeconds(ConcurrencyProperties properties) {
		Duration retryAfter = properties.retryAfter();
		if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0 || retryAfter.compareTo(Duration.ofDays(1)) > 0) {
			throw invalid("retry-after", retryAfter, "It must lie between 1s and 1d: clients count in seconds.");
		}
		return (int) retryAfter.toSeconds();
	}

	static int status(ConcurrencyProperties properties) {
		if (properties.status() != 503 && properties.status() != 429) {
			throw invalid("status", properties.status(), "It must be 503 or 429.");
		}
		return properties.status();
	}

	static int filterOrder(ConcurrencyProperties properties) {
		if (properties.filterOrder().equalsIgnoreCase("highest")) {
			return Ordered.HIGHEST_PRECEDENCE;
		}
		try {
			return Integer.parseInt(properties.filterOrder());
		}
		catch (NumberFormatException ex) {
			throw invalid("filter-order", properties.filterOrder(), "It must be a number or 'highest'.");
		}
	}

	private static OptionalInt number(String key, String value, int least) {
		if (value.equalsIgnoreCase("auto")) {
			return OptionalInt.empty();
		}
		try {
			int number = Integer.parseInt(value);
			if (number >= least) {
				return OptionalInt.of(number);
			}
		}
		catch (NumberFormatException ex) {
			// told below like any other wrong value
		}
		throw invalid(key, value, "It must be a whole number of at least %d, or 'auto'.".formatted(least));
	}

	private static InvalidConfigurationPropertyValueException invalid(String key, Object value, String remedy) {
		return new InvalidConfigurationPropertyValueException(PREFIX + key, value, remedy);
	}

}
