/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.util.List;
import java.util.Locale;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import dev.holdfast.settings.SettingSource;

import org.springframework.core.env.Environment;

/**
 * How the disconnect watch explains its state.
 */
final class DisconnectReport implements Protection {

	private final DisconnectSettings settings;

	private final DisconnectWatch watch;

	private final SettingSource source;

	DisconnectReport(DisconnectSettings settings, DisconnectWatch watch, Environment environment) {
		this.settings = settings;
		this.watch = watch;
		this.source = new SettingSource(environment, DisconnectSettings.PREFIX);
	}

	@Override
	public String name() {
		return "disconnect";
	}

	@Override
	public Mode mode() {
		return this.settings.mode();
	}

	@Override
	public List<Setting> settings() {
		return List.of(this.source.setting("detect-after", this.settings.detectAfter().toMillis() + "ms"),
				this.source.setting("cancel", label(this.settings.cancel())),
				this.source.setting("half-close", label(this.settings.halfClose())),
				this.source.setting("interrupt", Boolean.toString(this.settings.interrupt())));
	}

	private static String label(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public List<Finding> findings() {
		if (!this.watch.isBlind()) {
			return List.of();
		}
		return List.of(new Finding("disconnect-blind", Severity.INFO,
				"Requests came over a connector whose connections are not known: clients that leave are not noticed.",
				"Leave the protocol of Tomcat's connector at its default, or set holdfast.disconnect.mode=off."));
	}

}
