/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * A pool that counts how often it is closed.
 */
class CountedPool extends HikariDataSource {

	private final AtomicInteger closes = new AtomicInteger();

	CountedPool(HikariConfig configuration) {
		super(configuration);
	}

	static HikariConfig configuration(int size) {
		HikariConfig configuration = new HikariConfig();
		configuration.setJdbcUrl(StubDriver.URL);
		configuration.setDriverClassName(StubDriver.class.getName());
		configuration.setPoolName("demo");
		configuration.setMaximumPoolSize(size);
		configuration.setConnectionTimeout(20_000);
		return configuration;
	}

	static CountedPool of(int size) {
		return new CountedPool(configuration(size));
	}

	AtomicInteger closes() {
		return this.closes;
	}

	@Override
	public void close() {
		this.closes.incrementAndGet();
		super.close();
	}

}
