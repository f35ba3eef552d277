/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.settings.SettingSource;

import org.springframework.core.env.Environment;

/**
 * How the leak detection explains its state.
 */
final class LeakReport implements Protection {

	private final LeakSettings settings;

	private final LeakFindings findings;

	private final SettingSource source;

	LeakReport(LeakSettings settings, LeakFindings findings, Environment environment) {
		this.settings = settings;
		this.findings = findings;
		this.source = new SettingSource(environment, "holdfast.leak.");
	}

	@Override
	public String name() {
		return "leak";
	}

	@Override
	public Mode mode() {
		return (this.settings.reclaim() == Reclaim.NONE) ? Mode.OBSERVE : Mode.ENFORCE;
	}

	@Override
	public List<Setting> settings() {
		Duration after = this.settings.reclaimAfter();
		return List.of(this.source.setting("suspect-after", this.settings.suspectAfter().toMillis() + "ms"),
				this.source.setting("reclaim", this.settings.reclaim().label()),
				this.source.setting("reclaim-after", (after != null) ? after.toMillis() + "ms" : "-"),
				this.source.setting("stacks", this.settings.stacks().name().toLowerCase(Locale.ROOT)));
	}

	@Override
	public List<Finding> findings() {
		return this.findings.all();
	}

}
