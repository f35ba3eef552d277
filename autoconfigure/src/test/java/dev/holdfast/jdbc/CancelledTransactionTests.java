/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.LifetimeEndedException;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Spring makes of a statement that ends with its request.
 */
@Tag("B7")
class CancelledTransactionTests {

	@ParameterizedTest
	@EnumSource(Database.class)
	void transactionIsRolledBackAndItsConnectionUsedAgain(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			JdbcTemplate jdbc = new JdbcTemplate(requests.pool());
			TransactionTemplate transaction = new TransactionTemplate(
					new DataSourceTransactionManager(requests.pool()));
			jdbc.execute("drop table if exists work");
			jdbc.execute("create table work (x bigint)");
			String session = (database == Database.H2) ? "select session_id()" : "select pg_backend_pid()";
			Integer before = jdbc.queryForObject(session, Integer.class);
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<String> work = requests.start(lifetime, () -> {
				transaction.executeWithoutResult((status) -> {
					jdbc.update("insert into work values (1)");
					jdbc.execute(database.endless());
				});
				return "";
			});
			awaitRunning(requests);
			lifetime.end(EndReason.CLIENT_GONE);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> work.orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseInstanceOf(QueryTimeoutException.class)
				.withRootCauseInstanceOf(LifetimeEndedException.class);
			assertThat(jdbc.queryForObject("select count(*) from work", Integer.class)).isZero();
			assertThat(jdbc.queryForObject(session, Integer.class)).isEqualTo(before);
			RequestPool.within(RequestPool.lifetime(), () -> {
				transaction.executeWithoutResult((status) -> jdbc.update("insert into work values (2)"));
				return "";
			});
			assertThat(jdbc.queryForObject("select x from work", Integer.class)).isEqualTo(2);
		}
	}

	private static void awaitRunning(RequestPool requests) {
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> requests.pools().pools().get(0).active() == 1);
	}

}
