/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CancellationException;

import dev.holdfast.lifetime.LifetimeEndedException;

/**
 * Tells work that was ended from outside from work that failed.
 */
final class Cancellation {

	/** SQL state of a statement that was cancelled, in PostgreSQL and in H2. */
	private static final String QUERY_CANCELED = "57014";

	private Cancellation() {
	}

	static boolean isBehind(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (isCancellation(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isCancellation(Throwable ex) {
		return ex instanceof LifetimeEndedException || ex instanceof InterruptedException
				|| ex instanceof ClosedByInterruptException || ex instanceof CancellationException
				|| ex instanceof SQLTimeoutException
				|| (ex instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState()));
	}

}
