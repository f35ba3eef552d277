/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * Tells what databases answer when a statement is cancelled from everything else that may
 * go wrong in the same moment.
 */
final class CancelAnswers {

	// PostgreSQL, H2, DB2 · MySQL, MariaDB · SQL Server · a cursor that was closed:
	// PostgreSQL (two), H2
	private static final Set<String> STATES = Set.of("57014", "70100", "HY008", "34000", "55000", "90007");

	// MySQL, MariaDB · Oracle
	private static final Set<Integer> CODES = Set.of(1317, 1013);

	private static final int DEPTH = 10;

	private CancelAnswers() {
	}

	/**
	 * Whether an answer may come from a cancel.
	 * @param answer what the driver has thrown
	 * @return {@code true} if it, or one that is chained to it, says so
	 */
	static boolean include(SQLException answer) {
		SQLException next = answer;
		for (int depth = 0; next != null && depth < DEPTH; depth++) {
			String state = next.getSQLState();
			if ((state != null && STATES.contains(state)) || CODES.contains(next.getErrorCode())) {
				return true;
			}
			next = next.getNextException();
		}
		return false;
	}

}
