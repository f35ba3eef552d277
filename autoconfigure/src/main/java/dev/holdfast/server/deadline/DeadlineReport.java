/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;

/**
 * How the deadline explains its state.
 */
final class DeadlineReport implements Protection {

	private static final String PREFIX = "holdfast.deadline.";

	private final DeadlineProperties properties;

	private final ModeInForce mode;

	DeadlineReport(DeadlineProperties properties, ModeInForce mode) {
		this.properties = properties;
		this.mode = mode;
	}

	@Override
	public String name() {
		return "deadline";
	}

	@Override
	public Mode mode() {
		return this.mode.mode();
	}

	@Override
	public List<Setting> settings() {
		return List.of(new Setting(PREFIX + "mode", label(this.mode.mode()), this.mode.source()),
				setting("request", this.properties.request().toMillis() + "ms"),
				setting("cancel", label(this.properties.cancel())),
				setting("interrupt", Boolean.toString(this.properties.interrupt())),
				setting("status", Integer.toString(this.properties.status())),
				setting("trusted", String.join(",", this.properties.trusted())),
				setting("min-budget", this.properties.minBudget().toMillis() + "ms"),
				setting("close-after", closeAfter()));
	}

	private String closeAfter() {
		Duration chosen = this.properties.closeAfter();
		return (chosen != null) ? chosen.toMillis() + "ms" : "none";
	}

	private static Setting setting(String key, String value) {
		return new Setting(PREFIX + key, value, "properties");
	}

	private static String label(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public List<Finding> findings() {
		return (this.mode.mode() != Mode.OBSERVE) ? List.of()
				: List.of(new Finding("deadline-observed", Severity.INFO,
						"Requests whose time is over are counted in holdfast.deadline.exceeded and run on"
								+ ((this.properties.closeAfter() != null)
										? "; holdfast.deadline.close-after does nothing meanwhile." : "."),
						"Set holdfast.deadline.mode=enforce once the count is what you expect."));
	}

}
