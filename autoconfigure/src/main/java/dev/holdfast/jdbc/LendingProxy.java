/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;

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

	static HikariDataSource of(LendingPool lending, RequestLeases requests, boolean trackLeases) {
		HikariDataSource target = lending.pool();
		LendingProxy advice = new LendingProxy(lending, requests, trackLeases);
		NameMatchMethodPointcutAdvisor advisor = new NameMatchMethodPointcutAdvisor(advice);
		advisor.setMappedNames("getConnection", "evictConnection", "unwrap");
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(true);
		factory.addAdvisor(advisor);
		// nobody borrows past the proxy
		factory.setOpaque(true);
		factory.setFrozen(true);
		HikariDataSource proxy = (HikariDataSource) factory.getProxy(target.getClass().getClassLoader());
		advice.setField(proxy);
		return proxy;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (invocation.getArguments().length == 0) {
			return this.requests.borrow(() -> borrow(invocation));
		}
		if (invocation.getMethod().getName().equals("evictConnection")) {
			((ProxyMethodInvocation) invocation)
				.setArguments(ConnectionCalls.behind(Objects.requireNonNull(invocation.getArguments()[0])));
		}
		Object result = invocation.proceed();
		// of unwrap
		return (result == this.target) ? ((ProxyMethodInvocation) invocation).getProxy() : result;
	}

	private Connection borrow(MethodInvocation invocation) throws SQLException {
		this.lending.begin();
		try {
			Connection connection = proceed(invocation);
			if (this.trackLeases) {
				this.lending.lent(connection);
			}
			if (!this.fieldSet && invocation instanceof ProxyMethodInvocation proxied) {
				setField((HikariDataSource) proxied.getProxy());
			}
			return connection;
		}
		finally {
			this.lending.end();
		}
	}

	private static Connection proceed(MethodInvocation invocation) throws SQLException {
		try {
			Object connection = invocation.proceed();
			if (connection instanceof Connection lent) {
				return lent;
			}
			throw new SQLException("The pool has lent " + connection);
		}
		catch (SQLException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new SQLException(ex);
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
