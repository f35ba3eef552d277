/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.LifetimeEndedException;
import org.jspecify.annotations.Nullable;

/**
 * A statement or a wait for a connection came to nothing because its request has ended.
 * JDBC's callers count on an {@link SQLException}; of its kinds this one is what Spring
 * and Hibernate make a query timeout of, whatever the database, and what HikariCP keeps
 * the connection after. Its cause is the end itself.
 */
final class RequestEndedException extends SQLTimeoutException {

	private static final long serialVersionUID = 1L;

	/** The SQL standard's "query canceled". */
	private static final String QUERY_CANCELED = "57014";

	private RequestEndedException(String message, EndReason reason) {
		super(message, QUERY_CANCELED, 0, new LifetimeEndedException(reason));
	}

	static RequestEndedException notSent(EndReason reason) {
		return new RequestEndedException(
				"The statement was not sent: its request has ended (%s), see holdfast.jdbc.mode".formatted(reason),
				reason);
	}

	static RequestEndedException cancelled(EndReason reason, @Nullable SQLException answer) {
		return new RequestEndedException(
				"The statement was cancelled: its request has ended (%s), see holdfast.jdbc.mode".formatted(reason),
				reason)
			.answeredBy(answer);
	}

	static RequestEndedException notLent(EndReason reason, @Nullable SQLException answer) {
		return new RequestEndedException(
				"No connection was taken: the request has ended (%s), see holdfast.jdbc.mode".formatted(reason), reason)
			.answeredBy(answer);
	}

	private RequestEndedException answeredBy(@Nullable SQLException answer) {
		if (answer != null) {
			addSuppressed(answer);
		}
		return this;
	}

}
