/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import dev.holdfast.settings.EarlyWork;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LendingProxyClassTests {

	@Test
	void classMadeEarlyIsTheOneOfTheProxies() throws SQLException {
		assertThat(SpringFactoriesLoader.loadFactories(EarlyWork.class, null))
			.hasAtLeastOneElementOfType(LendingProxyClass.class);
		new LendingProxyClass().run();
		try (HikariDataSource proxy = pools().add(new HikariDataSource(CountedPool.configuration(1)), "dataSource")) {
			assertThat(proxy.getClass()).isNotSameAs(HikariDataSource.class)
				.isSameAs(LendingProxyClass.of(HikariDataSource.class));
			try (Connection connection = proxy.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
		}
	}

	@Test
	void everythingButLendingIsThePoolsOwn() {
		CountedPool pool = CountedPool.of(3);
		HikariDataSource proxy = pools().add(pool, "dataSource");
		assertThat(proxy).isNotSameAs(pool).isEqualTo(proxy).isNotEqualTo(pool).hasSameHashCodeAs(proxy);
		assertThat(proxy.getMaximumPoolSize()).isEqualTo(3);
		assertThat(proxy.getPoolName()).isEqualTo("demo");
		proxy.setIdleTimeout(12_345);
		assertThat(pool.getIdleTimeout()).isEqualTo(12_345);
		assertThat(proxy).hasToString(pool.toString());
		proxy.close();
		assertThat(pool.closes()).hasValue(1);
	}

	@Test
	void failuresOfThePoolComeAsTheyAre() throws SQLException {
		try (CountedPool pool = CountedPool.of(1)) {
			HikariDataSource proxy = pools().add(pool, "dataSource");
			try (Connection connection = proxy.getConnection()) {
				assertThat(connection.isClosed()).isFalse();
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> proxy.unwrap(String.class)).withNoCause();
		}
	}

	@Test
	void poolWithAFinalClassIsLeftAlone() {
		try (FinalPool pool = new FinalPool()) {
			HikariPools pools = pools();
			assertThat(pools.add(pool, "dataSource")).isSameAs(pool);
			assertThat(pools.unseen()).containsExactly("dataSource");
			JdbcProperties properties = new JdbcProperties(Mode.ENFORCE, true);
			assertThat(new JdbcReport(properties, pools, new MockEnvironment()).findings()).singleElement()
				.satisfies((finding) -> {
					assertThat(finding.id()).isEqualTo("jdbc-pool-unseen");
					assertThat(finding.message()).contains("dataSource");
				});
		}
	}

	private static HikariPools pools() {
		return new HikariPools(true, new Cancellation(Mode.OFF, Cancellation.PATIENCE), Ticker.system());
	}

	private static final class FinalPool extends HikariDataSource {

	}

}
