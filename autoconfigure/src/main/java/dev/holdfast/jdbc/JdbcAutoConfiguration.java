/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.Ticker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what the leak engine sees of HikariCP.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass(HikariDataSource.class)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(JdbcProperties.class)
public final class JdbcAutoConfiguration {

	@Bean
	static DataSourcePostProcessor holdfastDataSourcePostProcessor(ObjectProvider<HikariPools> pools) {
		return new DataSourcePostProcessor(pools);
	}

	@Bean
	HikariPools holdfastHikariPools(JdbcProperties properties) {
		return new HikariPools(properties.trackLeases(), Ticker.system());
	}

}
