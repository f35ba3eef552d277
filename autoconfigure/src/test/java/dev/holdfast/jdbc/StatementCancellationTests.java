/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.leak.Lease;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.LifetimeEndedException;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of the statements of a request that ends.
 */
@Tag("A3")
@Tag("B7")
class StatementCancellationTests {

	private static final int ROUNDS = 11;

	private static final Duration SOON = Duration.ofMillis(100);

	@ParameterizedTest
	@EnumSource(Database.class)
	void runningStatementEndsWithItsRequest(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			String session = session(requests, database);
			long[] nanos = new long[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				OwnedLifetime lifetime = RequestPool.lifetime();
				CompletableFuture<String> work = requests.start(lifetime, () -> requests.ask(database.endless()));
				awaitRunning(requests);
				long before = System.nanoTime();
				lifetime.end(EndReason.CLIENT_GONE);
				Throwable ended = ended(work);
				nanos[round] = System.nanoTime() - before;
				assertThat(ended).hasMessageContaining("was cancelled")
					.hasCause(new LifetimeEndedException(EndReason.CLIENT_GONE));
				assertThat(ended.getSuppressed()).hasSize(1);
				assertThat(session(requests, database)).isEqualTo(session);
			}
			Arrays.sort(nanos);
			System.out.printf("%s: from the end of a request to that of its statement: median %.1f ms, most %.1f ms%n",
					database, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6);
			assertThat(Duration.ofNanos(nanos[ROUNDS / 2])).isLessThan(SOON);
			assertThat(requests.count(Cancelled.STATEMENT)).isEqualTo(ROUNDS);
		}
	}

	// a batch of H2 was seen to go on after a cancel
	@Test
	void runningBatchEndsWithItsRequest() throws Exception {
		try (RequestPool requests = new RequestPool(Database.POSTGRESQL, Mode.ENFORCE, 1)) {
			requests.run("drop table if exists work");
			requests.run("create table work (x bigint)");
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<int[]> work = requests.start(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						PreparedStatement statement = connection
							.prepareStatement("insert into work select 1 from pg_sleep(20)")) {
					statement.addBatch();
					statement.addBatch();
					return statement.executeBatch();
				}
			});
			awaitRunning(requests);
			lifetime.end(EndReason.DEADLINE);
			assertThat(ended(work)).hasCause(new LifetimeEndedException(EndReason.DEADLINE));
			assertThat(requests.ask("select count(*) from work")).isEqualTo("0");
		}
	}

	@Test
	void waitForALockEndsWithItsRequest() throws Exception {
		try (RequestPool requests = new RequestPool(Database.POSTGRESQL, Mode.ENFORCE, 2)) {
			requests.run("drop table if exists work");
			requests.run("create table work as select 1 as x");
			try (Connection holder = requests.pool().getConnection(); Statement lock = holder.createStatement()) {
				holder.setAutoCommit(false);
				lock.execute("update work set x = 2");
				OwnedLifetime lifetime = RequestPool.lifetime();
				CompletableFuture<String> work = requests.start(lifetime, () -> {
					requests.run("update work set x = 3");
					return "";
				});
				Awaitility.await()
					.until(() -> RequestPool
						.answer(lock, "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
						.equals("1"));
				lifetime.end(EndReason.CLIENT_GONE);
				ended(work);
				holder.commit();
			}
			assertThat(requests.ask("select x from work")).isEqualTo("2");
		}
	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void rowsAreReadNoLonger(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			String session = session(requests, database);
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<String> work = requests.start(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					connection.setAutoCommit(false);
					statement.setFetchSize(10);
					readForEver(statement, database.rows());
					return "";
				}
			});
			awaitRunning(requests);
			lifetime.end(EndReason.CLIENT_GONE);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> work.orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseInstanceOf(SQLException.class);
			// between two readings there is nothing to end: the next one is refused
			long refused = requests.count(Cancelled.REFUSED);
			assertThat(requests.count(Cancelled.CURSOR) + requests.count(Cancelled.STATEMENT) + refused).isPositive();
			if (refused == 0) {
				assertThat(session(requests, database)).isEqualTo(session);
			}
			else {
				// what the readings before have set could not be taken back
				assertThat(session(requests, database)).isNotEqualTo(session);
			}
		}
	}

	// as often as there are rows, over and over
	private static void readForEver(Statement statement, String sql) throws SQLException {
		while (true) {
			try (ResultSet rows = statement.executeQuery(sql)) {
				while (rows.next()) {
					assertThat(rows.getLong(1)).isPositive();
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void nothingIsSentAfterTheEnd(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			requests.run("drop table if exists work");
			requests.run("create table work (x bigint)");
			OwnedLifetime lifetime = RequestPool.lifetime();
			RequestPool.within(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						PreparedStatement statement = connection.prepareStatement("insert into work values (?)")) {
					lifetime.end(EndReason.SHUTDOWN);
					statement.setLong(1, 1);
					assertThatExceptionOfType(RequestEndedException.class).isThrownBy(statement::executeUpdate)
						.withMessageContaining("was not sent")
						.withCause(new LifetimeEndedException(EndReason.SHUTDOWN));
				}
				assertThatExceptionOfType(RequestEndedException.class).isThrownBy(requests.pool()::getConnection)
					.withMessageContaining("No connection was taken");
				return "";
			});
			assertThat(requests.ask("select count(*) from work")).isEqualTo("0");
			assertThat(requests.count(Cancelled.REFUSED)).isOne();
			assertThat(requests.count(Cancelled.LEASE)).isOne();
		}
	}

	@Test
	void sessionThatCouldNotBeResetIsNotUsedAgain() throws Exception {
		try (RequestPool requests = new RequestPool(Database.POSTGRESQL, Mode.ENFORCE, 1)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			RequestPool.within(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					statement.execute("set application_name = 'somebody'");
					lifetime.end(EndReason.CLIENT_GONE);
					assertThatExceptionOfType(RequestEndedException.class)
						.isThrownBy(() -> statement.execute("reset application_name"));
				}
				return "";
			});
			assertThat(requests.ask("show application_name")).isNotEqualTo("somebody");
		}
	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void onlyObservedStatementsRunOn(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.OBSERVE, 1)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			CountDownLatch begun = new CountDownLatch(1);
			CompletableFuture<String> work = requests.start(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					while (lifetime.endReason() == null) {
						RequestPool.answer(statement, database.brief());
						begun.countDown();
					}
					return RequestPool.answer(statement, "select 7");
				}
			});
			assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
			lifetime.end(EndReason.CLIENT_GONE);
			assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo("7");
			assertThat(requests.count(Cancelled.REFUSED)).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void requestThatIsDoneLeavesItsStatementsAlone(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			String outcome = RequestPool.within(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					RequestPool.answer(statement, database.brief());
					lifetime.complete();
					assertThat(lifetime.end(EndReason.CLIENT_GONE)).isFalse();
					RequestPool.answer(statement, database.brief());
					return RequestPool.answer(statement, "select 7");
				}
			});
			assertThat(outcome).isEqualTo("7");
			for (Cancelled what : Cancelled.values()) {
				assertThat(requests.count(what)).isZero();
			}
		}
	}

	@Test
	void cancelOfSomebodyElseIsNotCalledOurs() throws Exception {
		try (RequestPool requests = new RequestPool(Database.POSTGRESQL, Mode.ENFORCE, 2)) {
			CompletableFuture<String> work = requests.start(RequestPool.lifetime(),
					() -> requests.ask(Database.POSTGRESQL.endless()));
			Awaitility.await()
				.until(() -> requests
					.ask("select count(pg_cancel_backend(pid)) from pg_stat_activity where query like '%pg_sleep(20)'")
					.equals("1"));
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> work.orTimeout(10, TimeUnit.SECONDS).join())
				.withCauseInstanceOf(SQLException.class)
				.satisfies((ex) -> assertThat(ex.getCause()).isNotInstanceOf(RequestEndedException.class)
					.hasMessageContaining("user request"));
		}
	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void errorOfTheStatementItselfIsHandedOn(Database database) throws Exception {
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> RequestPool.within(RequestPool.lifetime(), () -> requests.ask("select nonsense")))
				.isNotInstanceOf(RequestEndedException.class);
		}
	}

	@Test
	void connectionOfNoRequestIsHikarisOwn() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 1);
				Connection connection = requests.pool().getConnection()) {
			assertThat(connection.getClass().getName()).startsWith("com.zaxxer.hikari.pool.");
		}
	}

	@Test
	void connectionOfARequestIsAConnection() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 1)) {
			RequestPool.within(RequestPool.lifetime(), () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					assertThat(Set.of(connection)).contains(connection);
					assertThat(connection.toString()).contains("Hikari");
					assertThat(connection.unwrap(Connection.class).getClass().getName()).startsWith("org.h2.");
					assertThat(statement.getConnection()).isSameAs(connection);
					assertThat(Set.of(statement)).contains(statement);
					requests.pool().evictConnection(connection);
				}
				return "";
			});
			Awaitility.await().until(() -> requests.pools().pools().get(0).active() == 0);
			assertThat(requests.ask("select 1")).isEqualTo("1");
		}
	}

	@Test
	void droppedConnectionOfARequestIsStillSeenToBeLost() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 2)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			requests.start(lifetime, () -> requests.pool().getConnection().createStatement().execute("select 1"))
				.get(10, TimeUnit.SECONDS);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				System.gc();
				assertThat(requests.pools().leases()).filteredOn(Lease::isCollected).hasSize(1);
			});
			assertThat(lifetime.end(EndReason.CANCELLED)).isTrue();
		}
	}

	private static Throwable ended(CompletableFuture<?> work) {
		try {
			work.orTimeout(10, TimeUnit.SECONDS).join();
			throw new AssertionError("not ended");
		}
		catch (CompletionException ex) {
			assertThat(ex).cause()
				.isInstanceOfSatisfying(RequestEndedException.class,
						(ended) -> assertThat(ended.getSQLState()).isEqualTo("57014"));
			return Objects.requireNonNull(ex.getCause());
		}
	}

	private static void awaitRunning(RequestPool requests) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.during(Duration.ofMillis(50))
			.until(() -> requests.pools().pools().get(0).active() == 1);
	}

	private static String session(RequestPool requests, Database database) throws SQLException {
		return requests.ask((database == Database.H2) ? "select session_id()" : "select pg_backend_pid()");
	}

}
