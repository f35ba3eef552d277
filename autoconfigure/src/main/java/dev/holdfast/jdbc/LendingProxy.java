/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.cglib.proxy.Dispatcher;
import org.springframework.cglib.proxy.Factory;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.MethodProxy;
import org.springframework.objenesis.SpringObjenesis;

/**
 * A proxy that is a {@link HikariDataSource}, shows who borrows and lends to requests as
 * long as they last. Where there is no request the connections are HikariCP's own.
 */
final class LendingProxy implements MethodInterceptor {

	private static final Logger LOGGER = LoggerFactory.getLogger(LendingProxy.class);

	/**
	 * Spring Boot's pool metrics read this field and not the method: the proxy has one of
	 * its own, which needs the same value.
	 */
	private static final String POOL_FIELD = "pool";

	private final HikariDataSource target;

	private final LendingPool lending;

	private final RequestLeases requests;

	private final boolean trackLeases;

	private volatile boolean fieldSet;

	private LendingProxy(LendingPool lending, RequestLeases requests, boolean trackLeases) {
		this.target = lending.pool();
		this.lending = lending;
		this.requests = requests;
		this.trackLeases = trackLeases;
	}

	/**
	 * Makes a proxy.
	 * @param lending the pool
	 * @param requests lends to requests
	 * @param trackLeases whether leases are taken down
	 * @return what to use in the pool's place
	 * @throws RuntimeException if the class of the pool cannot have a subclass
	 */
	static HikariDataSource of(LendingPool lending, RequestLeases requests, boolean trackLeases) {
		LendingProxy lender = new LendingProxy(lending, requests, trackLeases);
		HikariDataSource target = lender.target;
		HikariDataSource proxy = new SpringObjenesis().newInstance(LendingProxyClass.of(target.getClass()), false);
		((Factory) proxy).setCallbacks(LendingProxyClass.callbacks(lender, (Dispatcher) () -> target));
		lender.setField(proxy);
		return proxy;
	}

	@Override
	public @Nullable Object intercept(Object proxy, Method method, @Nullable Object[] arguments, MethodProxy unused)
			throws Throwable {
		if (arguments.length == 0) {
			return this.requests.borrow(() -> borrow((HikariDataSource) proxy));
		}
		if (arguments[0] instanceof Connection connection) {
			// of evictConnection
			arguments[0] = ConnectionCalls.behind(connection);
		}
		try {
			Object result = method.invoke(this.target, arguments);
			// of unwrap
			return (result == this.target) ? proxy : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Connection borrow(HikariDataSource proxy) throws SQLException {
		this.lending.begin();
		try {
			Connection connection = this.target.getConnection();
			if (this.trackLeases) {
				this.lending.lent(connection);
			}
			if (!this.fieldSet) {
				setField(proxy);
			}
			return connection;
		}
		finally {
			this.lending.end();
		}
	}

	private void setField(HikariDataSource proxy) {
		Object pool = this.target.getHikariPoolMXBean();
		if (pool == null) {
			return;
		}
		this.fieldSet = true;
		try {
			new DirectFieldAccessor(proxy).setPropertyValue(POOL_FIELD, pool);
		}
		catch (BeansException ex) {
			LOGGER.debug("Spring Boot's metrics of '{}' show no connections", this.lending.name(), ex);
		}
	}

}
