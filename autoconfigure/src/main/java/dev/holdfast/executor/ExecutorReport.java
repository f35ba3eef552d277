/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import dev.holdfast.settings.BetterDefaults;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * How the bound of Boot's task executor explains its state.
 */
final class ExecutorReport implements Protection {

	private final ExecutorProperties properties;

	private final ConfigurableEnvironment environment;

	private final UnboundedExecutors unbounded;

	private final @Nullable PinnedThreads pinned;

	private final boolean virtual;

	ExecutorReport(ExecutorProperties properties, ConfigurableEnvironment environment, UnboundedExecutors unbounded,
			@Nullable PinnedThreads pinned, boolean virtual) {
		this.properties = properties;
		this.environment = environment;
		this.unbounded = unbounded;
		this.pinned = pinned;
		this.virtual = virtual;
	}

	@Override
	public String name() {
		return "executor";
	}

	@Override
	public Mode mode() {
		return (this.virtual && !this.environment.containsProperty(ExecutorDefaults.LIMIT_KEY)) ? Mode.OBSERVE
				: Mode.ENFORCE;
	}

	@Override
	public List<Setting> settings() {
		Duration age = this.properties.maxQueueAge();
		return List.of(boots(this.virtual ? ExecutorDefaults.LIMIT_KEY : ExecutorDefaults.QUEUE_KEY),
				own(ExecutorValidation.MAX_QUEUE_AGE_KEY, (age != null) ? age.toMillis() + "ms" : "-"),
				own("holdfast.executor.propagate-lifetime", Boolean.toString(this.properties.propagateLifetime())),
				own("holdfast.executor.pinning", Boolean.toString(this.properties.pinning())));
	}

	private Setting boots(String key) {
		PropertySource<?> ours = this.environment.getPropertySources().get(BetterDefaults.SOURCE);
		String value = this.environment.getProperty(key);
		if (value == null) {
			return new Setting(key, "-", "default");
		}
		return new Setting(key, value,
				(ours != null && ours.containsProperty(key)) ? BetterDefaults.SOURCE : "properties");
	}

	private Setting own(String key, String value) {
		return new Setting(key, value, this.environment.containsProperty(key) ? "properties" : "default");
	}

	@Override
	public List<Finding> findings() {
		List<Finding> findings = new ArrayList<>(this.unbounded.findings());
		if (this.virtual && this.environment.containsProperty(ExecutorDefaults.LIMIT_KEY)
				&& !this.environment.getProperty(ExecutorDefaults.REJECT_KEY, Boolean.class, false)) {
			findings.add(new Finding("executor-waits-at-limit", Severity.INFO,
					"At %s whoever hands over a task waits, without an end.".formatted(ExecutorDefaults.LIMIT_KEY),
					"Set " + ExecutorDefaults.REJECT_KEY + "=true: then it hears at once that there is no room."));
		}
		String reason = (this.pinned != null) ? this.pinned.unavailable() : null;
		if (reason != null) {
			findings.add(new Finding("executor-pinning-unavailable", Severity.INFO,
					"Pinned virtual threads are not counted: %s.".formatted(reason),
					"Run with virtual threads on JDK 21 or later, or remove holdfast.executor.pinning."));
		}
		return findings;
	}

}
