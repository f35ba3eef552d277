/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * Cancels what runs although it was cancelled: the first cancel has overtaken the
 * statement on its way to the database, which had nothing to cancel yet.
 * <p>
 * Source: PostgreSQL's driver sends one cancel for each execution of a statement and
 * leaves every further {@code Statement.cancel()} out without a word
 * ({@code PgStatement.cancel}, 42.7); {@code PGConnection.cancelQuery()} always sends
 * one.
 */
final class RepeatedCancel {

	private static final @Nullable Method CANCEL_QUERY = cancelQuery();

	private RepeatedCancel() {
	}

	private static @Nullable Method cancelQuery() {
		try {
			return Class.forName("org.postgresql.PGConnection").getMethod("cancelQuery");
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			// no such driver
			return null;
		}
	}

	/**
	 * Sends another cancel if {@code Statement.cancel()} does not.
	 * @param statement the driver's own statement, which is being executed
	 * @throws SQLException if the driver cannot send it
	 */
	static void send(Statement statement) throws SQLException {
		Connection connection = statement.getConnection();
		if (CANCEL_QUERY == null || !CANCEL_QUERY.getDeclaringClass().isInstance(connection)) {
			return;
		}
		try {
			CANCEL_QUERY.invoke(connection);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() instanceof SQLException cause) ? cause : new SQLException(ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new SQLException(ex);
		}
	}

}
