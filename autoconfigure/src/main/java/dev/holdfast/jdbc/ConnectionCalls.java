/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A connection in the hands of a request. Everything is HikariCP's, but its statements
 * are watched and giving it back waits for a cancel that is under way.
 */
final class ConnectionCalls implements InvocationHandler {

	private final Connection connection;

	private final RequestLease lease;

	private ConnectionCalls(Connection connection, RequestLease lease) {
		this.connection = connection;
		this.lease = lease;
	}

	static Connection proxy(Connection connection, RequestLease lease) {
		return (Connection) Proxy.newProxyInstance(ConnectionCalls.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new ConnectionCalls(connection, lease));
	}

	/**
	 * The connection that HikariCP knows.
	 * @param connection a connection
	 * @return what is behind it, itself if it is none of ours
	 */
	static Object behind(Object connection) {
		return (Proxy.isProxyClass(connection.getClass())
				&& Proxy.getInvocationHandler(connection) instanceof ConnectionCalls calls) ? calls.connection
						: connection;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "close" -> {
				this.lease.close(this.connection);
				yield null;
			}
			case "createStatement", "prepareStatement", "prepareCall" -> {
				Statement statement = (Statement) call(this.connection, method, arguments);
				yield (statement != null) ? watched((Connection) proxy, statement, method.getReturnType()) : null;
			}
			default -> call(this.connection, method, arguments);
		};
	}

	private Object watched(Connection proxy, Statement statement, Class<?> type) {
		return Proxy.newProxyInstance(ConnectionCalls.class.getClassLoader(), new Class<?>[] { type },
				new StatementCalls(proxy, this, this.lease, statement));
	}

	void breakOff() {
		this.lease.breakOff(this.connection);
	}

	static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
			throws SQLException {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw rethrown(ex.getTargetException());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Cannot call " + method, ex);
		}
	}

	private static SQLException rethrown(Throwable thrown) {
		if (thrown instanceof SQLException exception) {
			return exception;
		}
		if (thrown instanceof RuntimeException exception) {
			throw exception;
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		return new SQLException(thrown);
	}

}
