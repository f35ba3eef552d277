/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import com.zaxxer.hikari.HikariConfig;

/**
 * The databases that statements are cancelled on.
 */
enum Database {

	H2("select count(*) from system_range(1, 100000) a cross join system_range(1, 100000) b where a.x * b.x < 0",
			"select count(*) from system_range(1, 40) a cross join system_range(1, 200) b where a.x * b.x < 0",
			"select x from system_range(1, 200000)"),

	POSTGRESQL("select pg_sleep(20)", "select pg_sleep(0.001)", "select generate_series(1, 10000000)");

	private final String endless;

	private final String brief;

	private final String rows;

	Database(String endless, String brief, String rows) {
		this.endless = endless;
		this.brief = brief;
		this.rows = rows;
	}

	/**
	 * A query of many seconds.
	 */
	String endless() {
		return this.endless;
	}

	/**
	 * A query of a millisecond or so.
	 */
	String brief() {
		return this.brief;
	}

	/**
	 * A query with many rows.
	 */
	String rows() {
		return this.rows;
	}

	HikariConfig configuration(int size) {
		HikariConfig configuration = new HikariConfig();
		configuration.setJdbcUrl((this == H2) ? "jdbc:h2:mem:cancel;DB_CLOSE_DELAY=-1" : PrivatePostgres.url());
		configuration.setMaximumPoolSize(size);
		configuration.setPoolName(name());
		configuration.setConnectionTimeout(20_000);
		return configuration;
	}

}
