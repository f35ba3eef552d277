/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;

/**
 * A pool of a database whose connections are lent to requests.
 */
final class RequestPool implements AutoCloseable {

	private final Cancellation cancellation;

	private final HikariPools pools;

	private final HikariDataSource pool;

	private final ExecutorService requests = Executors.newCachedThreadPool();

	RequestPool(Database database, Mode mode, int size) {
		this(database.configuration(size), mode);
	}

	RequestPool(HikariConfig configuration, Mode mode) {
		this.cancellation = new Cancellation(mode, Cancellation.PATIENCE);
		this.pools = new HikariPools(true, this.cancellation, Ticker.system());
		this.pool = this.pools.add(new HikariDataSource(configuration), "dataSource");
	}

	static OwnedLifetime lifetime() {
		return new OwnedLifetime(Deadline.none());
	}

	HikariDataSource pool() {
		return this.pool;
	}

	HikariPools pools() {
		return this.pools;
	}

	long count(Cancelled what) {
		return this.cancellation.count(what).sum();
	}

	<T> CompletableFuture<T> start(Lifetime lifetime, Callable<T> work) {
		return start(this.requests, lifetime, work);
	}

	static <T> CompletableFuture<T> start(Executor executor, Lifetime lifetime, Callable<T> work) {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		executor.execute(() -> {
			try {
				outcome.complete(within(lifetime, work));
			}
			catch (Throwable ex) {
				outcome.completeExceptionally(ex);
			}
		});
		return outcome;
	}

	static <T> T within(Lifetime lifetime, Callable<T> work) throws Exception {
		Lifetime before = CurrentLifetime.replace(lifetime);
		try {
			return work.call();
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

	void run(String sql) throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	String ask(String sql) throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			return answer(statement, sql);
		}
	}

	static String answer(Statement statement, String sql) throws SQLException {
		try (ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	@Override
	public void close() {
		this.requests.shutdownNow();
		this.pool.close();
		this.cancellation.close();
	}

}
