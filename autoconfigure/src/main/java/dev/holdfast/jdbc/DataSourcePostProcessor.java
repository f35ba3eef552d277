/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Shows every data source to {@link HikariPools}, which may put a proxy in the place of a
 * HikariCP pool. First of all, so that what others wrap around the pool is around the
 * proxy.
 */
final class DataSourcePostProcessor implements BeanPostProcessor, Ordered {

	private final ObjectProvider<HikariPools> pools;

	DataSourcePostProcessor(ObjectProvider<HikariPools> pools) {
		this.pools = pools;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// the object behind it is a bean as well
		if (bean instanceof ScopedObject) {
			return bean;
		}
		if (bean instanceof HikariDataSource pool) {
			return this.pools.getObject().add(pool, beanName);
		}
		if (bean instanceof DataSource dataSource) {
			this.pools.getObject().add(dataSource, beanName);
		}
		return bean;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
