/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;

import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Reclaim;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns settings into values or stops the start, naming key, value and remedy.
 */
final class LeakValidation {

	private static final String PREFIX = "holdfast.leak.";

	private static final Duration LEAST = Duration.ofSeconds(1);

	private static final Duration MOST = Duration.ofDays(1);

	private LeakValidation() {
	}

	static LeakSettings settings(LeakProperties properties) {
		Duration suspect = properties.suspectAfter();
		if (suspect.compareTo(LEAST) < 0 || suspect.compareTo(MOST) > 0) {
			throw invalid("suspect-after", suspect, "It must lie between 1s and 1d.");
		}
		Duration reclaim = properties.reclaimAfter();
		if (reclaim == null) {
			if (properties.reclaim() == Reclaim.ABANDONED) {
				throw invalid("reclaim", "abandoned",
						"Set holdfast.leak.reclaim-after to say how long a connection must have been left alone.");
			}
		}
		else if (reclaim.compareTo(suspect) < 0 || reclaim.compareTo(MOST) > 0) {
			throw invalid("reclaim-after", reclaim,
					"It must lie between holdfast.leak.suspect-after (%s) and 1d.".formatted(suspect));
		}
		return new LeakSettings(suspect, properties.reclaim(), reclaim, properties.stacks());
	}

	private static InvalidConfigurationPropertyValueException invalid(String key, Object value, String remedy) {
		return new InvalidConfigurationPropertyValueException(PREFIX + key, value, remedy);
	}

}
