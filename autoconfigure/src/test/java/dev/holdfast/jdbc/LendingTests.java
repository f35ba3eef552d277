/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.leak.Activity;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Use;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.report.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who has which connection, seen on a real pool.
 */
@Tag("C3")
class LendingTests {

	private static final Duration LONG = Duration.ofSeconds(6);

	private final ManualTicker ticker = new ManualTicker();

	private final HikariPools pools = new HikariPools(true, new Cancellation(Mode.OFF, Cancellation.PATIENCE),
			this.ticker);

	private final HikariDataSource pool = this.pools.add(CountedPool.of(4), "dataSource");

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void heldConnectionTellsItsOwnerAndItsAge() throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			this.ticker.advance(LONG);
			assertThat(this.pools.leases()).singleElement().satisfies((lease) -> {
				assertThat(lease.pool()).isEqualTo("demo");
				assertThat(lease.target()).isEqualTo("jdbc:stub://db:5432/demo");
				assertThat(lease.owner()).isSameAs(Thread.currentThread());
				assertThat(lease.use().activity()).isEqualTo(Activity.APPLICATION);
				assertThat(lease.use().ageNanos()).isEqualTo(LONG.toNanos());
				assertThat(lease.origin()).isEqualTo(Origin.NONE);
				assertThat(lease.isCollected()).isFalse();
				assertThat(lease.reclaim()).isFalse();
			});
			assertThat(connection.isClosed()).isFalse();
		}
		assertThat(this.pools.leases()).isEmpty();
	}

	@Test
	void leaseStaysTheSameAsLongAsItIsHeld() throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			Lease lease = this.pools.leases().get(0);
			this.ticker.advance(LONG);
			assertThat(this.pools.leases()).containsExactly(lease);
			this.ticker.advance(LONG);
			assertThat(this.pools.leases()).containsExactly(lease);
			assertThat(connection.isClosed()).isFalse();
		}
	}

	@Test
	void connectionIsHikarisOwn() throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			assertThat(connection.getClass().getName()).startsWith("com.zaxxer.hikari.pool.");
			this.pool.evictConnection(connection);
			Awaitility.await().until(() -> this.pools.pools().get(0).active() == 0);
		}
	}

	@Test
	void connectionMayBeGivenBackByAnotherThread() throws Exception {
		Connection connection = this.pool.getConnection();
		onAnotherThread(() -> {
			connection.close();
			return "";
		});
		assertThat(this.pools.leases()).isEmpty();
	}

	@Test
	void ownerThatHasEndedIsNotShown() throws Exception {
		try (Connection connection = onAnotherThread(this.pool::getConnection)) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.pools.leases()).singleElement()
					.satisfies((lease) -> assertThat(lease.owner()).isNull()));
			assertThat(connection.isClosed()).isFalse();
		}
	}

	@Test
	void droppedConnectionIsCertainlyLost() throws Exception {
		try (Connection held = this.pool.getConnection()) {
			onAnotherThread(this.pool::getConnection);
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				this.ticker.advance(LONG);
				System.gc();
				assertThat(this.pools.leases()).filteredOn(Lease::isCollected).hasSize(1);
			});
			assertThat(this.pools.leases()).hasSize(2);
			assertThat(held.isClosed()).isFalse();
		}
		assertThat(this.pools.leases()).singleElement().satisfies((lease) -> assertThat(lease.isCollected()).isTrue());
	}

	@Test
	void droppedConnectionOfAnExhaustedPoolIsCertainlyLost() throws Exception {
		ExecutorService waiting = Executors.newCachedThreadPool();
		try {
			for (int i = 0; i < 4; i++) {
				onAnotherThread(this.pool::getConnection);
			}
			List<Future<Connection>> waiters = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				waiters.add(waiting.submit(() -> this.pool.getConnection()));
			}
			Awaitility.await().until(() -> this.pools.pools().get(0).pending() == 3);
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				this.ticker.advance(LONG);
				System.gc();
				assertThat(this.pools.leases()).hasSize(4).allMatch(Lease::isCollected);
			});
			assertThat(waiters).noneMatch(Future::isDone);
		}
		finally {
			waiting.shutdownNow();
		}
	}

	@Test
	void connectionThatWasGivenBackUnseenIsNotCalledLost() throws Exception {
		try (Connection held = this.pool.getConnection()) {
			Lent given = borrowForLongAndGiveBack();
			collect(given);
			for (int i = 0; i < 5; i++) {
				assertThat(this.pools.leases()).noneMatch(Lease::isCollected);
				this.ticker.advance(LONG);
			}
			assertThat(this.pools.leases()).hasSize(1);
			assertThat(held.isClosed()).isFalse();
		}
	}

	@Test
	void lostConnectionIsToldFromOneThatWasGivenBackUnseen() throws Exception {
		Connection held = this.pool.getConnection();
		onAnotherThread(this.pool::getConnection);
		Lent lost = (Lent) this.pools.leases()
			.stream()
			.filter((lease) -> lease.owner() != Thread.currentThread())
			.findFirst()
			.orElseThrow();
		Lent given = borrowForLongAndGiveBack();
		collect(given);
		collect(lost);
		Use before = lost.use();
		for (int i = 0; i < 5; i++) {
			assertThat(this.pools.leases()).hasSize(3).contains(given, lost).noneMatch(Lease::isCollected);
			// it may have been given back long ago
			assertThat(lost.use()).isEqualTo(before);
			this.ticker.advance(LONG);
		}
		// whoever borrows next gets what was given back
		try (Connection next = this.pool.getConnection(); Connection last = this.pool.getConnection()) {
			this.pools.leases();
			this.ticker.advance(LONG);
			assertThat(this.pools.leases()).doesNotContain(given).filteredOn(Lease::isCollected).containsExactly(lost);
			assertThat(lost.use().ageNanos()).isGreaterThan(before.ageNanos());
			assertThat(next).isNotSameAs(last);
		}
		held.close();
	}

	@Test
	void manyBorrowersLeaveNothingBehind() throws Exception {
		int threads = 16;
		ExecutorService borrowers = Executors.newFixedThreadPool(threads);
		CountDownLatch start = new CountDownLatch(1);
		try {
			List<Future<Boolean>> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(borrowers.submit(() -> {
					start.await();
					for (int turn = 0; turn < 5_000; turn++) {
						this.pool.getConnection().close();
					}
					return true;
				}));
			}
			start.countDown();
			while (!all.stream().allMatch(Future::isDone)) {
				this.ticker.advance(LONG);
				assertThat(this.pools.leases()).hasSizeLessThanOrEqualTo(4).noneMatch(Lease::isCollected);
			}
			for (Future<Boolean> one : all) {
				assertThat(one.get()).isTrue();
			}
			assertThat(this.pools.leases()).isEmpty();
			assertThat(this.pools.pools()).singleElement().satisfies((use) -> assertThat(use.active()).isZero());
		}
		finally {
			borrowers.shutdownNow();
		}
	}

	@Test
	void poolThatIsClosedIsForgotten() throws SQLException {
		assertThat(this.pool.getConnection().isClosed()).isFalse();
		assertThat(this.pools.leases()).hasSize(1);
		this.pool.close();
		assertThat(this.pools.leases()).isEmpty();
		assertThat(this.pools.pools()).isEmpty();
	}

	/**
	 * Borrows, is seen after a long time, and gives back.
	 * @return the lease
	 */
	private Lent borrowForLongAndGiveBack() throws Exception {
		return onAnotherThread(() -> {
			try (Connection connection = this.pool.getConnection()) {
				this.ticker.advance(LONG);
				assertThat(connection.isClosed()).isFalse();
				return (Lent) this.pools.leases()
					.stream()
					.filter((lease) -> lease.owner() == Thread.currentThread())
					.findFirst()
					.orElseThrow();
			}
		});
	}

	private static void collect(Lent lent) {
		Awaitility.await().until(() -> {
			System.gc();
			return lent.isGone();
		});
	}

	private static <T> T onAnotherThread(Callable<T> action) throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			return executor.submit(action).get();
		}
		finally {
			executor.shutdown();
		}
	}

}
