/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NativeDetector;

/**
 * The HikariCP pools of the application. Pools that are beans tell who has their
 * connections; pools behind another data source give their figures only.
 */
final class HikariPools implements PoolSource {

	private static final Logger LOGGER = LoggerFactory.getLogger(HikariPools.class);

	private final List<Lending> lending = new CopyOnWriteArrayList<>();

	private final List<Known> known = new CopyOnWriteArrayList<>();

	private final boolean trackLeases;

	private final Ticker ticker;

	private final Cancellation cancellation;

	HikariPools(boolean trackLeases, Cancellation cancellation, Ticker ticker) {
		this.trackLeases = trackLeases;
		this.cancellation = cancellation;
		this.ticker = ticker;
	}

	/**
	 * Takes a pool in.
	 * @param pool the pool
	 * @param beanName name of the bean
	 * @return what to use in its place, the pool itself if it lends unseen
	 */
	HikariDataSource add(HikariDataSource pool, String beanName) {
		// a bean that is handed on by another bean method
		if (this.lending.stream().anyMatch((lending) -> lending.proxy() == pool)) {
			return pool;
		}
		add((DataSource) pool, beanName);
		// the class of a proxy cannot be made in a native image
		if (!isProxied() || NativeDetector.inNativeImage()) {
			return pool;
		}
		LendingPool lent = new LendingPool(pool, beanName, this.ticker);
		try {
			HikariDataSource proxy = LendingProxy.of(lent, new RequestLeases(pool, this.cancellation),
					this.trackLeases);
			this.lending.add(new Lending(lent, proxy));
			return proxy;
		}
		// its class is final
		catch (RuntimeException ex) {
			LOGGER.info(
					"Nobody can see who has the connections of '{}', and statements outlive their requests there: {}",
					beanName, ex.toString());
			return pool;
		}
	}

	private boolean isProxied() {
		return this.trackLeases || this.cancellation.mode() != Mode.OFF;
	}

	/**
	 * Names of the data sources whose statements outlive their requests: neither they nor
	 * the pools behind them are seen.
	 * @return names of beans
	 */
	List<String> unseen() {
		return this.known.stream().filter((known) -> !isSeen(known.dataSource())).map(Known::beanName).toList();
	}

	// a data source that hides what is behind it may well have one of ours there
	private boolean isSeen(DataSource dataSource) {
		HikariDataSource pool = pool(dataSource);
		return pool == null || this.lending.stream()
			.anyMatch((lending) -> lending.proxy() == pool || lending.pool().pool() == pool);
	}

	/**
	 * Takes a data source in that may have a pool behind it.
	 * @param dataSource the data source
	 * @param beanName name of the bean
	 */
	void add(DataSource dataSource, String beanName) {
		this.known.add(new Known(dataSource, beanName));
	}

	@Override
	public List<PoolUse> pools() {
		this.known.removeIf((known) -> known.dataSource() instanceof HikariDataSource pool && pool.isClosed());
		Set<HikariPoolMXBean> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		List<PoolUse> uses = new ArrayList<>();
		for (Known known : this.known) {
			HikariDataSource pool = pool(known.dataSource());
			HikariPoolMXBean figures = (pool != null) ? pool.getHikariPoolMXBean() : null;
			if (pool != null && figures != null && !pool.isClosed() && seen.add(figures)) {
				uses.add(use(name(pool, known.beanName()), pool.getMaximumPoolSize(), figures));
			}
		}
		return uses;
	}

	private static PoolUse use(String name, int max, HikariPoolMXBean figures) {
		return new PoolUse("jdbc", name, figures.getActiveConnections(), figures.getIdleConnections(),
				figures.getThreadsAwaitingConnection(), max);
	}

	static String name(HikariDataSource pool, String beanName) {
		return Objects.requireNonNullElse(pool.getPoolName(), beanName);
	}

	// data sources that route may not know where to, and say so by an exception
	private static @Nullable HikariDataSource pool(DataSource dataSource) {
		if (dataSource instanceof HikariDataSource pool) {
			return pool;
		}
		try {
			return dataSource.isWrapperFor(HikariDataSource.class) ? dataSource.unwrap(HikariDataSource.class) : null;
		}
		catch (SQLException | RuntimeException ex) {
			return null;
		}
	}

	@Override
	public List<Lease> leases() {
		this.lending.removeIf((lending) -> lending.pool().isClosed());
		return this.lending.stream().flatMap((lending) -> lending.pool().leases().stream()).toList();
	}

	private record Lending(LendingPool pool, HikariDataSource proxy) {
	}

	private record Known(DataSource dataSource, String beanName) {
	}

}
