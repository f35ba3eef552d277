/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a statement of a request costs more than the same without us: beside each other,
 * in one run. With {@code -Dholdfast.long=true} there are more rounds.
 */
class StatementCostTests {

	private static final int ROUNDS = Boolean.getBoolean("holdfast.long") ? 41 : 11;

	private static final int STATEMENTS = 3_000;

	// nothing but orders of magnitude: the machine may be busy
	private static final double MOST = 8;

	private int taken;

	@ParameterizedTest
	@EnumSource(Database.class)
	void statementOfARequestCostsLittleMore(Database database) throws Exception {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.after(Duration.ofMinutes(10), Ticker.system()));
		try (RequestPool ours = new RequestPool(database, Mode.ENFORCE, 1);
				HikariDataSource plain = new HikariDataSource(database.configuration(1))) {
			double[] without = new double[ROUNDS];
			double[] outside = new double[ROUNDS];
			double[] inside = new double[ROUNDS];
			double[] onOneConnection = new double[ROUNDS];
			double[] onOneOfOurs = new double[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				without[round] = micros(() -> leaseEach(plain));
				outside[round] = micros(() -> leaseEach(ours.pool()));
				inside[round] = micros(() -> RequestPool.within(lifetime, () -> leaseEach(ours.pool())));
				onOneConnection[round] = micros(() -> leaseOnce(plain));
				onOneOfOurs[round] = micros(() -> RequestPool.within(lifetime, () -> leaseOnce(ours.pool())));
			}
			assertThat(this.taken).isEqualTo(5 * ROUNDS * STATEMENTS);
			double lease = median(inside) / median(without);
			double statement = median(onOneOfOurs) / median(onOneConnection);
			System.out.printf(
					"%s: lease, prepare and execute: plain %.2f µs, outside of requests %.2f µs, in a request %.2f µs (x %.2f);"
							+ " on a connection held: plain %.2f µs, in a request %.2f µs (x %.2f)%n",
					database, median(without), median(outside), median(inside), lease, median(onOneConnection),
					median(onOneOfOurs), statement);
			assertThat(lease).isLessThan(MOST);
			assertThat(statement).isLessThan(MOST);
		}
		lifetime.complete();
	}

	private boolean leaseEach(HikariDataSource pool) throws SQLException {
		for (int i = 0; i < STATEMENTS; i++) {
			try (Connection connection = pool.getConnection()) {
				execute(connection);
			}
		}
		return true;
	}

	private boolean leaseOnce(HikariDataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			for (int i = 0; i < STATEMENTS; i++) {
				execute(connection);
			}
		}
		return true;
	}

	private void execute(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("select cast(? as integer)")) {
			statement.setInt(1, 1);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				this.taken += rows.getInt(1);
			}
		}
	}

	private static double micros(Work work) throws Exception {
		long before = System.nanoTime();
		assertThat(work.run()).isTrue();
		return (System.nanoTime() - before) / 1e3 / STATEMENTS;
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	/**
	 * What is measured.
	 */
	@FunctionalInterface
	private interface Work {

		boolean run() throws Exception;

	}

}
