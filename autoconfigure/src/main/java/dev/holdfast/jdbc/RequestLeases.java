/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Lends the connections of a pool to requests, for as long as they last. Whoever works
 * for no request gets HikariCP's own.
 */
final class RequestLeases {

	private final HikariDataSource pool;

	private final Cancellation cancellation;

	RequestLeases(HikariDataSource pool, Cancellation cancellation) {
		this.pool = pool;
		this.cancellation = cancellation;
	}

	/**
	 * Takes a connection for the calling thread.
	 * @param source where it comes from
	 * @return the connection
	 * @throws SQLException if there is none, or the request has ended
	 */
	Connection borrow(Source source) throws SQLException {
		Lifetime lifetime = Lifetime.current();
		if (this.cancellation.mode() == Mode.OFF || !(lifetime instanceof OwnedLifetime)) {
			return source.borrow();
		}
		EndReason reason = lifetime.endReason();
		if (reason != null && this.cancellation.stops(Cancelled.LEASE)) {
			throw RequestEndedException.notLent(reason, null);
		}
		return borrow(source, RequestLease.of(this.pool, lifetime, this.cancellation));
	}

	private Connection borrow(Source source, RequestLease lease) throws SQLException {
		Connection connection = null;
		SQLException failure = null;
		boolean interrupted;
		try {
			connection = source.borrow();
		}
		catch (SQLException ex) {
			failure = ex;
		}
		finally {
			interrupted = lease.waiting().leave();
			if (connection == null) {
				lease.abandon();
			}
		}
		EndReason reason = lease.endReason();
		if (connection == null) {
			throw (reason != null && interrupted) ? RequestEndedException.notLent(reason, failure) : known(failure);
		}
		if (reason != null && lease.isEnforced()) {
			lease.close(connection);
			throw RequestEndedException.notLent(reason, null);
		}
		return ConnectionCalls.proxy(connection, lease);
	}

	private static SQLException known(@Nullable SQLException failure) {
		return (failure != null) ? failure : new SQLException("The pool has lent no connection");
	}

	/**
	 * What connections come from.
	 */
	@FunctionalInterface
	interface Source {

		Connection borrow() throws SQLException;

	}

}
