/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Turns settings into a plan or stops the start, naming key, value and remedy.
 */
final class ShutdownValidation {

	static final String PHASE_KEY = "spring.lifecycle.timeout-per-shutdown-phase";

	static final Duration DELAY_ON_KUBERNETES = Duration.ofSeconds(10);

	private static final String PREFIX = "holdfast.shutdown.";

	private static final Duration BOOTS_PHASE = Duration.ofSeconds(30);

	/** Boot gives up on a context that has not closed after ten minutes. */
	private static final Duration MOST = Duration.ofMinutes(9);

	private static final int SHORTEST_TOKEN = 16;

	private ShutdownValidation() {
	}

	static boolean isKubernetes(Environment environment) {
		return StringUtils.hasText(environment.getProperty("KUBERNETES_SERVICE_HOST"));
	}

	static DrainPlan plan(ShutdownProperties properties, Environment environment) {
		boolean kubernetes = isKubernetes(environment);
		Duration sleep = between("prestop-sleep", properties.prestopSleep(), Duration.ZERO, MOST);
		Duration delay = delay(properties.delay(), kubernetes).minus(sleep);
		Duration quiet = properties.quietPeriod();
		if (quiet != null) {
			between("quiet-period", quiet, Duration.ofSeconds(1), MOST);
		}
		Duration grace = between("grace-period", properties.gracePeriod(), Duration.ofSeconds(1), Duration.ofHours(24));
		Duration phase = Objects
			.requireNonNullElse(Binder.get(environment).bind(PHASE_KEY, Duration.class).orElse(null), BOOTS_PHASE);
		boolean platform = kubernetes || properties.delay() != null
				|| environment.containsProperty(PREFIX + "grace-period");
		return new DrainPlan(sleep, delay.isNegative() ? Duration.ZERO : delay, phase, grace, quiet, platform);
	}

	private static Duration delay(@Nullable Duration chosen, boolean kubernetes) {
		if (chosen != null) {
			return between("delay", chosen, Duration.ZERO, MOST);
		}
		return kubernetes ? DELAY_ON_KUBERNETES : Duration.ZERO;
	}

	private static Duration between(String key, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + key, value,
					"It must lie between %s and %s.".formatted(DrainPlan.text(least), DrainPlan.text(most)));
		}
		return value;
	}

	static @Nullable String token(ShutdownProperties properties) {
		String token = properties.prestopToken();
		if (token != null && token.length() < SHORTEST_TOKEN) {
			// the value is a secret: it is not repeated
			throw new InvalidConfigurationPropertyValueException(PREFIX + "prestop-token",
					"of " + token.length() + " characters",
					"It must have at least %d characters; leave it out where the endpoint prestop has a management port of its own."
						.formatted(SHORTEST_TOKEN));
		}
		return token;
	}

}
