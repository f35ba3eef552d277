/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lets a cancel meet the statement that it is meant for, and nothing else.
 * <p>
 * <b>States.</b> {@code IDLE -> RUNNING -> IDLE} by the thread that executes. A cancel
 * turns RUNNING, or IDLE with rows left to read, into CANCELLING for as long as the
 * driver's cancel lasts, and back. Whoever wants to leave RUNNING, to execute again or to
 * close waits for that, so no cancel is under way when the connection is used for
 * anything else. CLOSED is final.
 * <p>
 * <b>A cancel may come too early.</b> Between RUNNING and the moment in which the driver
 * has sent the statement there is nothing to cancel for the driver, and it says nothing.
 * So a cancel is repeated as long as the statement runs.
 */
final class StatementGate {

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

	private final Statement statement;

	private volatile @Nullable ResultSet rows;

	private volatile boolean cancelled;

	private volatile CountDownLatch attempt = new CountDownLatch(0);

	StatementGate(Statement statement) {
		this.statement = statement;
	}

	Statement statement() {
		return this.statement;
	}

	/**
	 * Enters RUNNING.
	 * @param patience longest wait for a cancel that is under way
	 * @return {@code false} if it cannot be watched: another thread executes it as well
	 * @throws CancelStuckException if a cancel takes too long
	 */
	boolean begin(Duration patience) throws CancelStuckException {
		while (!this.phase.compareAndSet(Phase.IDLE, Phase.RUNNING)) {
			if (this.phase.get() == Phase.CANCELLING) {
				await(patience);
			}
			else if (this.phase.get() != Phase.IDLE) {
				return false;
			}
		}
		// to execute again closes what was left of the result
		this.rows = null;
		return true;
	}

	/**
	 * Leaves RUNNING.
	 * @param patience longest wait for a cancel that is under way
	 * @throws CancelStuckException if a cancel takes too long
	 */
	void end(Duration patience) throws CancelStuckException {
		while (!this.phase.compareAndSet(Phase.RUNNING, Phase.IDLE)) {
			if (this.phase.get() == Phase.CLOSED) {
				return;
			}
			await(patience);
		}
	}

	/**
	 * Remembers a result whose rows are read from now on.
	 * @param result the result
	 */
	void reading(ResultSet result) {
		this.rows = result;
	}

	/**
	 * Whether it has been cancelled from here.
	 * @return {@code true} once the driver was told, and has not refused
	 */
	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Whether there may be something to cancel; asks no driver.
	 * @return {@code false} if there is certainly nothing
	 */
	boolean isBusy() {
		return this.phase.get() == Phase.RUNNING || this.rows != null;
	}

	/**
	 * What there is to cancel now.
	 * @return what it is, or {@code null}
	 */
	@Nullable Cancelled busy() {
		if (this.phase.get() == Phase.RUNNING) {
			return Cancelled.STATEMENT;
		}
		return (openRows() != null) ? Cancelled.CURSOR : null;
	}

	private @Nullable ResultSet openRows() {
		ResultSet known = this.rows;
		try {
			return (known != null && !known.isClosed()) ? known : null;
		}
		catch (SQLException ex) {
			return null;
		}
	}

	/**
	 * Cancels what is running or read now, by one thread at a time.
	 * @return whether the statement may have to be told again
	 * @throws SQLException if the driver refuses
	 */
	boolean cancel() throws SQLException {
		CountDownLatch begun = new CountDownLatch(1);
		this.attempt = begun;
		try {
			if (this.phase.compareAndSet(Phase.RUNNING, Phase.CANCELLING)) {
				cancel(Phase.RUNNING, null);
				return true;
			}
			ResultSet open = openRows();
			if (open != null && this.phase.compareAndSet(Phase.IDLE, Phase.CANCELLING)) {
				cancel(Phase.IDLE, open);
			}
			return false;
		}
		finally {
			begun.countDown();
		}
	}

	// Past HikariCP: a cancel that finds no database would make it believe that the
	// connection is broken, while another thread uses it.
	private void cancel(Phase before, @Nullable ResultSet open) throws SQLException {
		boolean again = this.cancelled && open == null;
		this.cancelled = true;
		try {
			Statement driver = this.statement.unwrap(Statement.class);
			driver.cancel();
			if (again) {
				RepeatedCancel.send(driver);
			}
			if (open != null) {
				// drivers do not cancel between two fetches
				open.unwrap(ResultSet.class).close();
			}
		}
		catch (SQLException | RuntimeException ex) {
			this.cancelled = false;
			throw ex;
		}
		finally {
			// unless nobody has waited for it
			this.phase.compareAndSet(Phase.CANCELLING, before);
		}
	}

	/**
	 * Ends everything: no cancel is under way afterwards, and none will be.
	 * @param patience longest wait for a cancel that is under way
	 * @throws CancelStuckException if a cancel takes too long
	 */
	void close(Duration patience) throws CancelStuckException {
		this.rows = null;
		Phase now = this.phase.get();
		while (now != Phase.CLOSED && (now == Phase.CANCELLING || !this.phase.compareAndSet(now, Phase.CLOSED))) {
			if (now == Phase.CANCELLING) {
				await(patience);
			}
			now = this.phase.get();
		}
	}

	private void await(Duration patience) throws CancelStuckException {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					if (this.attempt.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
						return;
					}
					this.phase.set(Phase.CLOSED);
					throw new CancelStuckException();
				}
				catch (InterruptedException ex) {
					// somebody else's, for later
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private enum Phase {

		IDLE, RUNNING, CANCELLING, CLOSED

	}

	/**
	 * A cancel that is under way does not end: the connection cannot be used any more.
	 */
	static final class CancelStuckException extends Exception {

		private static final long serialVersionUID = 1L;

		CancelStuckException() {
			super("A cancel does not end", null, false, false);
		}

	}

}
