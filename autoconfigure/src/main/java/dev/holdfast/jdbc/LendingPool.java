/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.holdfast.inflight.CurrentRequest;
import dev.holdfast.jdbc.Lent.Verdict;
import dev.holdfast.leak.Lease;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Who has which connection of a pool. A physical connection has one borrower at a time,
 * so the table has one entry for each: the next borrower replaces the one before.
 * <p>
 * Nothing is told when a connection is given back: its borrower's object is asked, at the
 * latest when the leases are next looked at. If that object is gone by then, it may have
 * been closed just before. It counts as lost only if the pool has more connections in use
 * than there are borrowers, in every reading for as long as {@link #SURE}.
 */
final class LendingPool {

	// most connections come back sooner, and are seen to
	private static final long GRACE = Duration.ofSeconds(5).toNanos();

	private static final long SURE = Duration.ofSeconds(3).toNanos();

	private final ConcurrentMap<Physical, Lent> table = new ConcurrentHashMap<>();

	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final ReentrantLock looking = new ReentrantLock();

	private final HikariDataSource pool;

	private final String beanName;

	private final Ticker ticker;

	private volatile @Nullable String target;

	LendingPool(HikariDataSource pool, String beanName, Ticker ticker) {
		this.pool = pool;
		this.beanName = beanName;
		this.ticker = ticker;
	}

	void begin() {
		this.begun.increment();
	}

	/**
	 * Takes a lease down, between {@link #begin()} and {@link #end()}.
	 * @param connection the borrower's object
	 */
	void lent(Connection connection) {
		Lent lent = new Lent(this, connection, CurrentRequest.get(), nanos());
		if (this.table.put(new Physical(physical(connection)), lent) == null) {
			// rare: entries of connections that the pool has closed
			this.table.entrySet().removeIf((entry) -> entry.getKey().get() == null);
		}
	}

	void end() {
		this.ended.increment();
	}

	// a field of HikariCP's object, which is open here
	private static Connection physical(Connection connection) {
		try {
			return connection.unwrap(Connection.class);
		}
		catch (SQLException ex) {
			return connection;
		}
	}

	List<Lease> leases() {
		this.looking.lock();
		try {
			return look();
		}
		finally {
			this.looking.unlock();
		}
	}

	private List<Lease> look() {
		long now = nanos();
		long endedBefore = this.ended.sum();
		List<Lent> held = new ArrayList<>();
		List<Lent> gone = new ArrayList<>();
		for (Map.Entry<Physical, Lent> entry : this.table.entrySet()) {
			Lent lent = entry.getValue();
			if (lent.isGivenBack() || entry.getKey().get() == null) {
				// unless it has been lent again
				this.table.remove(entry.getKey(), lent);
			}
			else if (lent.isGone()) {
				gone.add(lent);
			}
			else {
				lent.release(now, GRACE);
				held.add(lent);
			}
		}
		if (!gone.isEmpty()) {
			judge(gone, held, endedBefore, now);
		}
		List<Lease> leases = new ArrayList<>(held);
		leases.addAll(gone);
		return leases;
	}

	// Tells lost connections from those given back. Every connection in use is lost, or
	// was held when the table was read, or has been asked for and not been taken down by
	// then, or asked for since; who waits has none. The order of the readings makes the
	// number of the others an upper bound, but for the moment that HikariCP needs to take
	// a connection back or to hand it over: hence more than one reading.
	private void judge(List<Lent> gone, List<Lent> held, long endedBefore, long now) {
		HikariPoolMXBean figures = this.pool.getHikariPoolMXBean();
		if (figures == null) {
			return;
		}
		int active = figures.getActiveConnections();
		int waiting = figures.getThreadsAwaitingConnection();
		long asking = Math.max(0, this.begun.sum() - endedBefore - waiting);
		long stillHeld = held.stream().filter((lent) -> !lent.isGone() && !lent.isGivenBack()).count();
		long lost = gone.stream().filter(Lent::isCollected).count();
		Verdict verdict = Verdict.UNCLEAR;
		if (active - held.size() - asking >= gone.size()) {
			verdict = Verdict.LOST;
		}
		else if (active - stillHeld <= lost) {
			verdict = Verdict.GIVEN_BACK;
		}
		for (Lent lent : List.copyOf(gone)) {
			if (!lent.isCollected() && lent.judge(verdict, now, SURE) == Verdict.GIVEN_BACK) {
				this.table.values().remove(lent);
				gone.remove(lent);
			}
		}
	}

	HikariDataSource pool() {
		return this.pool;
	}

	boolean isClosed() {
		return this.pool.isClosed();
	}

	String name() {
		return HikariPools.name(this.pool, this.beanName);
	}

	String target() {
		String known = this.target;
		if (known == null) {
			known = JdbcTarget.of(this.pool.getJdbcUrl());
			this.target = known;
		}
		return known;
	}

	long nanos() {
		return this.ticker.nanos();
	}

	/**
	 * A connection to the database, by identity and without holding it.
	 */
	private static final class Physical extends WeakReference<Connection> {

		private final int hash;

		Physical(Connection connection) {
			super(connection);
			this.hash = System.identityHashCode(connection);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other == this || (other instanceof Physical physical && get() != null && physical.refersTo(get()));
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
