/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * A driver whose connections do nothing, at once.
 */
public final class StubDriver implements Driver {

	static final String URL = "jdbc:stub://somebody:secret@db:5432/demo?password=secret";

	private static final Map<String, Object> ANSWERS = Map.of("isValid", true, "getAutoCommit", true, "isReadOnly",
			false, "isClosed", false, "getNetworkTimeout", 0, "getTransactionIsolation",
			Connection.TRANSACTION_READ_COMMITTED);

	@Override
	public Connection connect(String url, Properties info) {
		InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> proxy == arguments[0];
			case "toString" -> "stub";
			default -> ANSWERS.get(method.getName());
		};
		return (Connection) Proxy.newProxyInstance(StubDriver.class.getClassLoader(),
				new Class<?>[] { Connection.class }, handler);
	}

	@Override
	public boolean acceptsURL(@Nullable String url) {
		return url != null && url.startsWith("jdbc:stub:");
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		throw new SQLFeatureNotSupportedException();
	}

}
