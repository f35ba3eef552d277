/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.leak.Activity;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Use;
import org.jspecify.annotations.Nullable;

/**
 * A connection that somebody has. HikariCP gives each borrower an object of its own,
 * which is closed when the connection goes back. That object is held at first, so that a
 * connection that was given back can be told from one that was dropped; once it is old it
 * is held weakly, so that it can be dropped at all.
 */
final class Lent implements Lease {

	private final LendingPool pool;

	private final @Nullable RunningRequest request;

	private final WeakReference<Thread> owner;

	private final long takenNanos;

	// the connection, or a weak reference to it
	private volatile Object connection;

	private volatile boolean collected;

	private volatile long heldNanos;

	private Verdict reading = Verdict.UNCLEAR;

	private long readingSince;

	Lent(LendingPool pool, Connection connection, @Nullable RunningRequest request, long takenNanos) {
		this.pool = pool;
		this.connection = connection;
		this.request = request;
		this.takenNanos = takenNanos;
		this.heldNanos = takenNanos;
		this.owner = new WeakReference<>(Thread.currentThread());
	}

	private @Nullable Connection connection() {
		Object held = this.connection;
		return (Connection) ((held instanceof WeakReference<?> weak) ? weak.get() : held);
	}

	boolean isGivenBack() {
		Connection borrowed = connection();
		try {
			// compares a field
			return borrowed != null && borrowed.isClosed();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Whether nobody has the borrower's object any more: given back in the meantime, or
	 * lost.
	 * @return {@code true} if it is gone
	 */
	boolean isGone() {
		return connection() == null;
	}

	/**
	 * Lets go of the borrower's object if it has been out for long.
	 * @param nowNanos the time
	 * @param graceNanos what is long
	 */
	void release(long nowNanos, long graceNanos) {
		this.heldNanos = nowNanos;
		if (nowNanos - this.takenNanos >= graceNanos && this.connection instanceof Connection borrowed) {
			this.connection = new WeakReference<>(borrowed);
		}
	}

	/**
	 * Takes what a reading of the pool says about a connection that is gone.
	 * @param reading what it says about all that are gone
	 * @param nowNanos the time
	 * @param sureNanos for how long all readings must say the same
	 * @return what holds
	 */
	Verdict judge(Verdict reading, long nowNanos, long sureNanos) {
		if (reading != this.reading) {
			this.reading = reading;
			this.readingSince = nowNanos;
		}
		else if (nowNanos - this.readingSince >= sureNanos) {
			this.collected = (reading == Verdict.LOST);
			return reading;
		}
		return Verdict.UNCLEAR;
	}

	@Override
	public String pool() {
		return this.pool.name();
	}

	@Override
	public String target() {
		return this.pool.target();
	}

	@Override
	public String operation() {
		return "";
	}

	@Override
	public Origin origin() {
		RunningRequest known = this.request;
		return (known != null) ? Origin.of(known.method(), known.route(), known.handler(), known.isEnded())
				: Origin.NONE;
	}

	/**
	 * As long as it is not known what became of it, it is as it was when it was last seen
	 * held: neither more suspicious, since it may have been given back, nor less.
	 */
	@Override
	public Use use() {
		boolean unclear = isGone() && !this.collected;
		long age = (unclear ? this.heldNanos : this.pool.nanos()) - this.takenNanos;
		return new Use(Activity.APPLICATION, age, age, 0, 0);
	}

	@Override
	public boolean isStream() {
		return false;
	}

	@Override
	public boolean isCollected() {
		return this.collected;
	}

	@Override
	public @Nullable Thread owner() {
		Thread known = this.owner.get();
		return (known != null && known.isAlive()) ? known : null;
	}

	@Override
	public @Nullable Throwable taken() {
		return null;
	}

	@Override
	public @Nullable Ends ends() {
		return null;
	}

	/**
	 * Never takes a connection back: there may be a transaction on it, and of one that
	 * was dropped nothing is left that HikariCP would take.
	 * @return {@code false}
	 */
	@Override
	public boolean reclaim() {
		return false;
	}

	/**
	 * What became of a connection that is gone.
	 */
	enum Verdict {

		UNCLEAR, LOST, GIVEN_BACK

	}

}
