/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.holdfast.jdbc.StatementGate.CancelStuckException;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that a request waits for and then has: one listener tells it that the
 * request has ended.
 * <p>
 * The end is written before the statements are looked at, and a statement is RUNNING
 * before it looks at the end: one of the two sees the other, so none slips through.
 */
final class RequestLease {

	private static final Logger LOGGER = LoggerFactory.getLogger(RequestLease.class);

	private static final int ATTEMPTS = 9;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

	private static final int PAUSE_FACTOR = 2;

	private static final Duration NEXT_LOOK = Duration.ofMillis(1);

	private final Set<StatementGate> statements = ConcurrentHashMap.newKeySet();

	private final LeaseWait waiting = new LeaseWait();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final HikariDataSource pool;

	private final Lifetime lifetime;

	private final Cancellation cancellation;

	private volatile Lifetime.Registration registration = () -> {
	};

	// something was sent, so the session may differ from that of a new connection
	private volatile boolean sent;

	private volatile boolean unfit;

	private RequestLease(HikariDataSource pool, Lifetime lifetime, Cancellation cancellation) {
		this.pool = pool;
		this.lifetime = lifetime;
		this.cancellation = cancellation;
	}

	/**
	 * A lease for the calling thread, which is about to wait for a connection.
	 * @param pool the pool
	 * @param lifetime lifetime of the request
	 * @param cancellation how its end is passed on
	 * @return the lease
	 */
	static RequestLease of(HikariDataSource pool, Lifetime lifetime, Cancellation cancellation) {
		RequestLease lease = new RequestLease(pool, lifetime, cancellation);
		// a connection that is dropped must be seen to be lost, though its request goes
		// on
		WeakReference<RequestLease> listener = new WeakReference<>(lease);
		lease.registration = lifetime.onEnd((reason) -> {
			RequestLease held = listener.get();
			if (held != null) {
				held.end();
			}
		});
		return lease;
	}

	LeaseWait waiting() {
		return this.waiting;
	}

	/**
	 * Why its request has ended.
	 * @return the reason, or {@code null} while it lasts
	 */
	@Nullable EndReason endReason() {
		return this.lifetime.endReason();
	}

	Duration patience() {
		return this.cancellation.patience();
	}

	// on the thread that ends the request: nothing here may block
	private void end() {
		if (!this.waiting.isOver() && this.cancellation.stops(Cancelled.LEASE)) {
			endWait();
		}
		for (StatementGate statement : this.statements) {
			if (statement.isBusy()) {
				this.cancellation.canceller().submit(Duration.ZERO, this::count);
				return;
			}
		}
	}

	// Where a connection is idle the thread has it in a moment, and an interrupt could
	// meet the driver's validation of it.
	private void endWait() {
		if (this.waiting.isOver()) {
			return;
		}
		HikariPoolMXBean figures = this.pool.getHikariPoolMXBean();
		if (figures != null && figures.getIdleConnections() == 0) {
			this.waiting.interrupt();
		}
		else {
			this.cancellation.canceller().submit(NEXT_LOOK, this::endWait);
		}
	}

	private void count() {
		boolean stops = false;
		for (StatementGate statement : this.statements) {
			Cancelled what = statement.busy();
			stops |= (what != null && this.cancellation.stops(what));
		}
		if (stops) {
			cancel(1, FIRST_PAUSE);
		}
	}

	private void cancel(int attempt, Duration pause) {
		boolean again = false;
		for (StatementGate statement : this.statements) {
			try {
				again |= statement.cancel();
			}
			catch (SQLException | RuntimeException ex) {
				again = true;
				LOGGER.debug("Attempt {} to cancel a statement of '{}' failed", attempt, this.pool.getPoolName(), ex);
			}
		}
		if (again && attempt < ATTEMPTS) {
			this.cancellation.canceller().submit(pause, () -> cancel(attempt + 1, pause.multipliedBy(PAUSE_FACTOR)));
		}
	}

	StatementGate add(Statement statement) {
		StatementGate gate = new StatementGate(statement);
		this.statements.add(gate);
		return gate;
	}

	void remove(StatementGate statement) {
		this.statements.remove(statement);
	}

	/**
	 * Lets a statement through that is RUNNING, unless the request has ended.
	 * @throws RequestEndedException if it must not be sent
	 */
	void admit() throws RequestEndedException {
		EndReason reason = endReason();
		if (reason != null && this.cancellation.stops(Cancelled.REFUSED)) {
			// it may have been to undo what is a matter of the session: a role, a lock
			this.unfit |= this.sent;
			throw RequestEndedException.notSent(reason);
		}
		this.sent = true;
	}

	boolean isEnforced() {
		return this.cancellation.isEnforced();
	}

	/**
	 * Ends a lease that has come to nothing.
	 */
	void abandon() {
		this.registration.close();
	}

	/**
	 * Gives the connection back, or closes it if it must not be used again.
	 * @param connection the connection that HikariCP has lent
	 * @throws SQLException if HikariCP says so
	 */
	void close(Connection connection) throws SQLException {
		if (this.closed.compareAndSet(false, true)) {
			this.registration.close();
			for (StatementGate statement : this.statements) {
				try {
					statement.close(patience());
				}
				catch (CancelStuckException ex) {
					breakOff(connection);
				}
			}
			if (this.unfit) {
				evict(connection);
			}
		}
		connection.close();
	}

	private void evict(Connection connection) {
		LOGGER.debug("A connection of '{}' is not used again: a statement was not sent, its request had ended",
				this.pool.getPoolName());
		for (StatementGate statement : this.statements) {
			try {
				statement.statement().close();
			}
			catch (SQLException ex) {
				// it ends with its connection
			}
		}
		this.pool.evictConnection(connection);
	}

	/**
	 * Ends a connection on which a cancel is stuck: it could meet whatever comes next.
	 * @param connection the connection that HikariCP has lent
	 */
	void breakOff(Connection connection) {
		LOGGER.warn("A connection of '{}' is closed: the cancel of a statement has not ended after {} ms",
				this.pool.getPoolName(), patience().toMillis());
		this.unfit = true;
		try {
			connection.unwrap(Connection.class).abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			LOGGER.debug("A connection of '{}' could not be closed at once", this.pool.getPoolName(), ex);
		}
	}

}
