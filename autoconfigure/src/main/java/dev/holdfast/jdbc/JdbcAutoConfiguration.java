/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.Ticker;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what is seen of HikariCP, and of statements that end with their
 * requests.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
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
	Cancellation holdfastJdbcCancellation(JdbcProperties properties) {
		return new Cancellation(properties.mode(), Cancellation.PATIENCE);
	}

	@Bean
	HikariPools holdfastHikariPools(JdbcProperties properties, Cancellation cancellation) {
		return new HikariPools(properties.trackLeases(), cancellation, Ticker.system());
	}

	@Bean
	JdbcReport holdfastJdbcReport(JdbcProperties properties, HikariPools pools, Environment environment) {
		return new JdbcReport(properties, pools, environment);
	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		JdbcMetrics holdfastJdbcMetrics(Cancellation cancellation) {
			return new JdbcMetrics(cancellation);
		}

	}

}
