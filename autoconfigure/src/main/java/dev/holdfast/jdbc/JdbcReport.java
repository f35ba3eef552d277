/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

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
 * How the end of statements with their requests explains its state.
 */
final class JdbcReport implements Protection {

	private final JdbcProperties properties;

	private final HikariPools pools;

	private final SettingSource source;

	JdbcReport(JdbcProperties properties, HikariPools pools, Environment environment) {
		this.properties = properties;
		this.pools = pools;
		this.source = new SettingSource(environment, "holdfast.jdbc.");
	}

	@Override
	public String name() {
		return "jdbc";
	}

	@Override
	public Mode mode() {
		return this.properties.mode();
	}

	@Override
	public List<Setting> settings() {
		return List.of(this.source.setting("mode", this.properties.mode().name().toLowerCase(Locale.ROOT)),
				this.source.setting("track-leases", Boolean.toString(this.properties.trackLeases())));
	}

	@Override
	public List<Finding> findings() {
		List<String> unseen = (mode() != Mode.OFF) ? this.pools.unseen() : List.of();
		if (unseen.isEmpty()) {
			return List.of();
		}
		return List.of(new Finding("jdbc-pool-unseen", Severity.INFO,
				"Statements of %s go on when their request has ended: the pool is no bean of its own, or its class is final."
					.formatted(String.join(", ", unseen)),
				"Make the HikariDataSource behind it a bean."));
	}

}
