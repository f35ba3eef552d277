/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.holdfast.jdbc.StatementGate.CancelStuckException;
import dev.holdfast.lifetime.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * A statement in the hands of a request. Executing it is watched, its rows are
 * HikariCP's: they are only remembered.
 */
final class StatementCalls implements InvocationHandler {

	private final Connection proxy;

	private final ConnectionCalls connection;

	private final RequestLease lease;

	private final Statement statement;

	private final StatementGate gate;

	StatementCalls(Connection proxy, ConnectionCalls connection, RequestLease lease, Statement statement) {
		this.proxy = proxy;
		this.connection = connection;
		this.lease = lease;
		this.statement = statement;
		this.gate = lease.add(statement);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		String name = method.getName();
		return switch (name) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "getConnection" -> {
				// HikariCP's knows whether it is closed
				ConnectionCalls.call(this.statement, method, arguments);
				yield this.proxy;
			}
			case "close" -> {
				close();
				yield null;
			}
			case "getResultSet" -> read(ConnectionCalls.call(this.statement, method, arguments));
			default -> name.startsWith("execute") ? execute(method, arguments)
					: ConnectionCalls.call(this.statement, method, arguments);
		};
	}

	private @Nullable Object execute(Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
		if (!begin()) {
			return ConnectionCalls.call(this.statement, method, arguments);
		}
		Object result;
		try {
			// in this order: see RequestLease
			this.lease.admit();
			result = ConnectionCalls.call(this.statement, method, arguments);
		}
		catch (RequestEndedException ex) {
			end();
			throw ex;
		}
		catch (SQLException ex) {
			end();
			throw cause(ex);
		}
		catch (RuntimeException | Error ex) {
			end();
			throw ex;
		}
		end();
		return read(result);
	}

	private boolean begin() {
		try {
			return this.gate.begin(this.lease.patience());
		}
		catch (CancelStuckException ex) {
			this.connection.breakOff();
			return false;
		}
	}

	private void end() {
		try {
			this.gate.end(this.lease.patience());
		}
		catch (CancelStuckException ex) {
			this.connection.breakOff();
		}
	}

	// somebody else may cancel statements too, and a statement that was cancelled may
	// fail by itself in that moment
	private SQLException cause(SQLException answer) {
		EndReason reason = this.lease.endReason();
		return (reason != null && this.gate.isCancelled() && CancelAnswers.include(answer))
				? RequestEndedException.cancelled(reason, answer) : answer;
	}

	// remembered first, so that it is closed from here or from there
	private @Nullable Object read(@Nullable Object result) throws SQLException {
		if (!(result instanceof ResultSet rows)) {
			return result;
		}
		this.gate.reading(rows);
		EndReason reason = this.lease.endReason();
		if (reason != null && this.lease.isEnforced()) {
			rows.close();
			throw RequestEndedException.cancelled(reason, null);
		}
		return rows;
	}

	private void close() throws SQLException {
		try {
			this.gate.close(this.lease.patience());
		}
		catch (CancelStuckException ex) {
			this.connection.breakOff();
		}
		this.lease.remove(this.gate);
		this.statement.close();
	}

}
