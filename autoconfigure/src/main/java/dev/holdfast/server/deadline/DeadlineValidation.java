/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.List;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.EndedStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns settings into values or stops the start, naming key, value and remedy.
 */
final class DeadlineValidation {

	private static final String PREFIX = "holdfast.deadline.";

	private static final Duration LONGEST = Duration.ofDays(1);

	private DeadlineValidation() {
	}

	static Duration request(DeadlineProperties properties) {
		return between("request", properties.request(),
				"It must lie between 1ms and 1d: holdfast.deadline.mode=off switches it off, "
						+ "holdfast.routes.<name>.streaming=true does so for a route.");
	}

	static Duration minBudget(DeadlineProperties properties) {
		return between("min-budget", properties.minBudget(), "It must lie between 1ms and 1d.");
	}

	static @Nullable Duration closeAfter(DeadlineProperties properties) {
		Duration chosen = properties.closeAfter();
		return (chosen != null)
				? between("close-after", chosen,
						"It must lie between 1ms and 1d; without it connections stay open until the handler returns.")
				: null;
	}

	static EndedStatus status(DeadlineProperties properties) {
		if (properties.status() != 503 && properties.status() != 504) {
			throw invalid("status", properties.status(), "It must be 503 or 504.");
		}
		return new EndedStatus(EndReason.DEADLINE, properties.status());
	}

	static List<PeerRange> trusted(DeadlineProperties properties) {
		return properties.trusted().stream().map(DeadlineValidation::range).toList();
	}

	private static PeerRange range(String text) {
		PeerRange range = PeerRange.parse(text);
		if (range == null) {
			throw invalid("trusted", text,
					"It must be a list of IP addresses and CIDR ranges, such as '10.0.0.0/8' or '2001:db8::1'; "
							+ "names are not resolved.");
		}
		return range;
	}

	private static Duration between(String key, Duration value, String remedy) {
		if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
			throw invalid(key, value, remedy);
		}
		return value;
	}

	private static InvalidConfigurationPropertyValueException invalid(String key, Object value, String remedy) {
		return new InvalidConfigurationPropertyValueException(PREFIX + key, value, remedy);
	}

}
