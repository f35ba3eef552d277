/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.Ticker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A connection taken from HikariCP and given back, without any database: what it costs to
 * know who has it, beside HikariCP's own detection of leaks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JdbcLeaseBenchmark {

	private static final long LEAK_DETECTION_MILLIS = 60_000;

	private final HikariDataSource plain = new HikariDataSource(configuration());

	private final HikariDataSource tracked = new HikariPools(true,
			new Cancellation(dev.holdfast.report.Mode.OFF, Cancellation.PATIENCE), Ticker.system())
		.add(new HikariDataSource(configuration()), "tracked");

	private final HikariDataSource detecting = detecting();

	private static HikariDataSource detecting() {
		HikariConfig configuration = configuration();
		configuration.setLeakDetectionThreshold(LEAK_DETECTION_MILLIS);
		return new HikariDataSource(configuration);
	}

	private static HikariConfig configuration() {
		Connection connection = stub(Connection.class,
				Map.of("isValid", true, "getAutoCommit", true, "isReadOnly", false, "isClosed", false,
						"getNetworkTimeout", 0, "getTransactionIsolation", Connection.TRANSACTION_READ_COMMITTED,
						"toString", "stub"));
		HikariConfig configuration = new HikariConfig();
		configuration.setDataSource(
				stub(DataSource.class, Map.of("getConnection", connection, "getLoginTimeout", 0, "toString", "stub")));
		configuration.setMaximumPoolSize(1);
		return configuration;
	}

	private static <T> T stub(Class<T> type, Map<String, Object> answers) {
		return type.cast(Proxy.newProxyInstance(JdbcLeaseBenchmark.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> answers.get(method.getName())));
	}

	@TearDown
	public void close() {
		this.plain.close();
		this.tracked.close();
		this.detecting.close();
	}

	@Benchmark
	public Connection hikari() throws SQLException {
		return lease(this.plain);
	}

	@Benchmark
	public Connection hikariTracked() throws SQLException {
		return lease(this.tracked);
	}

	@Benchmark
	public Connection hikariLeakDetection() throws SQLException {
		return lease(this.detecting);
	}

	private static Connection lease(HikariDataSource pool) throws SQLException {
		Connection connection = pool.getConnection();
		connection.close();
		return connection;
	}

}
