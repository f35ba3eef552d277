/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.LifetimeEndedException;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A request that ends waits for no connection, and its thread keeps no interrupt. With
 * {@code -Dholdfast.long=true} there are 20 000 races.
 */
@Tag("B7")
class LeaseWaitTests {

	private static final int RACES = Boolean.getBoolean("holdfast.long") ? 20_000 : 3_000;

	private static final int THREADS = 8;

	private static final int SPREAD_NANOS = 4_000_000;

	private enum Outcome {

		LENT, ENDED

	}

	@Test
	void waitEndsWithItsRequest() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 1);
				Connection holder = requests.pool().getConnection()) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<Boolean> interrupted = requests.start(lifetime, () -> {
				assertThatExceptionOfType(RequestEndedException.class).isThrownBy(requests.pool()::getConnection)
					.withCause(new LifetimeEndedException(EndReason.DEADLINE));
				return Thread.currentThread().isInterrupted();
			});
			awaitWaiter(requests);
			long before = System.nanoTime();
			lifetime.end(EndReason.DEADLINE);
			assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
			assertThat(requests.count(Cancelled.LEASE)).isOne();
			assertThat(holder.isClosed()).isFalse();
		}
	}

	@Test
	void interruptOfSomebodyElseIsKept() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 1);
				Connection holder = requests.pool().getConnection()) {
			CompletableFuture<Boolean> interrupted = requests.start(RequestPool.lifetime(), () -> {
				Thread.currentThread().interrupt();
				assertThatExceptionOfType(SQLException.class).isThrownBy(requests.pool()::getConnection)
					.isNotInstanceOf(RequestEndedException.class);
				return Thread.interrupted();
			});
			assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
			assertThat(holder.isClosed()).isFalse();
		}
	}

	@Test
	void waitThatIsOnlyObservedGoesOn() throws Exception {
		try (RequestPool requests = new RequestPool(Database.H2, Mode.OBSERVE, 1)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<String> answer;
			try (Connection holder = requests.pool().getConnection()) {
				answer = requests.start(lifetime, () -> requests.ask("select 7"));
				awaitWaiter(requests);
				lifetime.end(EndReason.CLIENT_GONE);
				assertThat(requests.count(Cancelled.LEASE)).isOne();
				assertThat(holder.isClosed()).isFalse();
			}
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("7");
		}
	}

	@Test
	void noInterruptStaysBehind() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			race(threads);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void noInterruptStaysBehindOnVirtualThreads() throws Exception {
		ThreadFactory factory = virtualThreads();
		race((task) -> factory.newThread(task).start());
	}

	private static void race(Executor threads) throws Exception {
		Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
		try (RequestPool requests = new RequestPool(Database.H2, Mode.ENFORCE, 2)) {
			for (int race = 0; race < RACES; race += THREADS) {
				List<OwnedLifetime> lifetimes = new ArrayList<>();
				List<CompletableFuture<Outcome>> all = new ArrayList<>();
				for (int thread = 0; thread < THREADS; thread++) {
					OwnedLifetime lifetime = RequestPool.lifetime();
					lifetimes.add(lifetime);
					all.add(RequestPool.start(threads, lifetime, () -> outcome(requests.pool())));
				}
				for (OwnedLifetime lifetime : lifetimes) {
					spin(ThreadLocalRandom.current().nextInt(SPREAD_NANOS / THREADS));
					lifetime.end(EndReason.CLIENT_GONE);
				}
				for (CompletableFuture<Outcome> one : all) {
					outcomes.merge(one.get(10, TimeUnit.SECONDS), 1, Integer::sum);
				}
			}
			assertThat(requests.pools().pools().get(0).active()).isZero();
			assertThat(requests.pools().leases()).isEmpty();
		}
		System.out.printf("%d waits: %s%n", RACES, outcomes);
		assertThat(outcomes).containsKeys(Outcome.LENT, Outcome.ENDED);
	}

	private static Outcome outcome(HikariDataSource pool) throws SQLException {
		Outcome outcome = Outcome.ENDED;
		try (Connection connection = pool.getConnection()) {
			spin(SPREAD_NANOS / THREADS / 4);
			assertThat(connection.isClosed()).isFalse();
			outcome = Outcome.LENT;
		}
		catch (RequestEndedException ex) {
			assertThat(ex.getMessage()).contains("No connection was taken");
		}
		assertThat(Thread.interrupted()).isFalse();
		return outcome;
	}

	private static void spin(int nanos) {
		long until = System.nanoTime() + nanos;
		while (System.nanoTime() - until < 0) {
			Thread.onSpinWait();
		}
	}

	private static void awaitWaiter(RequestPool requests) {
		Awaitility.await().until(() -> requests.pools().pools().get(0).pending() == 1);
	}

	// by reflection: the tests are compiled for a JVM that has none
	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
	}

}
