/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A statement that takes a given time and next to no CPU, as if the database were on
 * another machine, and that {@code Statement.cancel()} ends within about 50 ms.
 * <p>
 * H2 looks for a cancellation once in 128 rows and never inside an alias. So the time is
 * spent in slices of 10 ms, and each slice is joined with 32 rows that cost microseconds:
 * a look every 4 slices. The outer join keeps the slices on the outside.
 * <p>
 * On PostgreSQL {@code pg_sleep} is all of this.
 */
@Component
class SlowQuery {

	static final int SLICE_MILLIS = 10;

	/** Parameters: slices, start of the statement in nanoseconds, milliseconds. */
	private static final String H2 = """
			SELECT COUNT(*) FROM SYSTEM_RANGE(1, ?) AS slice LEFT JOIN SYSTEM_RANGE(1, 32) AS look ON TRUE
			WHERE PAUSE_UNTIL(?, LEAST(?, slice.X * %d))""".formatted(SLICE_MILLIS);

	/** Parameter: seconds. */
	private static final String POSTGRESQL = "SELECT pg_sleep(?)";

	private final JdbcTemplate jdbc;

	SlowQuery(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void run(Millis ms) {
		this.jdbc.query((connection) -> prepare(connection, ms), (row) -> {
		});
	}

	/**
	 * Called with a connection in hand: time spent waiting for the pool is not the
	 * database's.
	 */
	static PreparedStatement prepare(Connection connection, Millis ms) throws SQLException {
		if ("PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())) {
			PreparedStatement statement = connection.prepareStatement(POSTGRESQL);
			statement.setDouble(1, ms.value() / 1000.0);
			return statement;
		}
		PreparedStatement statement = connection.prepareStatement(H2);
		statement.setLong(1, (ms.value() + SLICE_MILLIS - 1) / SLICE_MILLIS);
		statement.setLong(2, System.nanoTime());
		statement.setLong(3, ms.value());
		return statement;
	}

}
