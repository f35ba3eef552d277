/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.time.Duration;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.report.Mode;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings that make sense.
 *
 * @param mode what happens when a client has left
 * @param detectAfter time that a request runs before its client is watched
 * @param halfClose what a half-close means
 * @param cancel requests that are ended
 * @param interrupt whether their threads are interrupted
 */
record DisconnectSettings(Mode mode, Duration detectAfter, HalfClose halfClose, CancelPolicy cancel,
		boolean interrupt) {

	static final String PREFIX = "holdfast.disconnect.";

	private static final Duration LEAST = Duration.ofMillis(50);

	private static final Duration MOST = Duration.ofHours(1);

	static DisconnectSettings of(DisconnectProperties properties) {
		Duration detectAfter = properties.detectAfter();
		if (detectAfter.compareTo(LEAST) < 0 || detectAfter.compareTo(MOST) > 0) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "detect-after", detectAfter,
					"It must lie between 50ms and 1h: requests are looked at every 50ms.");
		}
		return new DisconnectSettings(properties.mode(), detectAfter, properties.halfClose(), properties.cancel(),
				properties.interrupt());
	}

}
