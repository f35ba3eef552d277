/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SlowQueryTests {

	private Connection connection;

	@BeforeEach
	void open() throws SQLException {
		this.connection = DriverManager.getConnection("jdbc:h2:mem:slow-query");
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("CREATE ALIAS PAUSE_UNTIL FOR 'dev.holdfast.sample.DatabasePause.until'");
		}
	}

	@AfterEach
	void close() throws SQLException {
		this.connection.close();
	}

	@Test
	void takesNoLessThanWasAskedAndLittleMore() throws SQLException {
		run(20);
		for (long millis : new long[] { 0, 1, 20, 25, 200 }) {
			assertThat(run(millis)).isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 100));
		}
	}

	@Test
	void endsSoonAfterItsStatementIsCancelled() throws SQLException {
		try (PreparedStatement statement = SlowQuery.prepare(this.connection, new Millis(5_000))) {
			long start = System.nanoTime();
			CompletableFuture<Void> running = CompletableFuture.runAsync(() -> execute(statement));
			await().pollDelay(Duration.ofMillis(300)).until(() -> !running.isDone());
			long cancelled = System.nanoTime();
			statement.cancel();
			assertThatExceptionOfType(CompletionException.class).isThrownBy(running::join)
				.satisfies((ex) -> assertThat(Cancellation.isBehind(ex)).isTrue());
			assertThat(Duration.ofNanos(System.nanoTime() - cancelled)).isLessThan(Duration.ofMillis(200));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	void interruptDoesNotEndItAndIsNotLost() throws SQLException {
		Thread.currentThread().interrupt();
		Duration took = run(50);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	private Duration run(long millis) throws SQLException {
		long start = System.nanoTime();
		try (PreparedStatement statement = SlowQuery.prepare(this.connection, new Millis(millis))) {
			statement.executeQuery().close();
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void execute(PreparedStatement statement) {
		try {
			statement.executeQuery().close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
