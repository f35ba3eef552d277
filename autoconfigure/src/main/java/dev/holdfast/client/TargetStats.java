/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What is counted about the connections of a client to one peer.
 */
@SuppressWarnings("EnumOrdinal")
public final class TargetStats {

	private final String target;

	private final TimeSketch leases = new TimeSketch();

	private final TimeSketch connects = new TimeSketch();

	private final TimeSketch fullHandshakes = new TimeSketch();

	private final TimeSketch resumedHandshakes = new TimeSketch();

	private final LongAdder opened = new LongAdder();

	private final AtomicInteger draining = new AtomicInteger();

	private final AtomicLongArray closed = new AtomicLongArray(CloseReason.values().length);

	TargetStats(String target) {
		this.target = target;
	}

	/**
	 * Scheme, host and port of the peer.
	 * @return the target, {@code other} for those beyond the bound
	 */
	public String target() {
		return this.target;
	}

	/**
	 * Times waited for a connection.
	 * @return the times
	 */
	public TimeSketch leases() {
		return this.leases;
	}

	/**
	 * Times for opening a connection: name, addresses and handshake.
	 * @return the times
	 */
	public TimeSketch connects() {
		return this.connects;
	}

	/**
	 * Times of TLS handshakes.
	 * @param resumed those that resumed a session, or those that did not
	 * @return the times
	 */
	public TimeSketch handshakes(boolean resumed) {
		return resumed ? this.resumedHandshakes : this.fullHandshakes;
	}

	/**
	 * Counts a connection that was opened.
	 */
	public void opened() {
		this.opened.increment();
	}

	/**
	 * Counts a connection that was closed.
	 * @param reason why
	 */
	public void closed(CloseReason reason) {
		this.closed.incrementAndGet(reason.ordinal());
	}

	/**
	 * Counts the bodies that are being read on close.
	 * @param more 1 at the beginning, -1 at the end
	 */
	public void draining(int more) {
		this.draining.addAndGet(more);
	}

	int drainingNow() {
		return this.draining.get();
	}

	long openedCount() {
		return this.opened.sum();
	}

	/**
	 * Connections closed.
	 * @param reason why
	 * @param openNow counts the connections that are open: what was opened and is neither
	 * open nor closed for a known reason was closed inside the pool
	 * @return the count
	 */
	long closedCount(CloseReason reason, IntSupplier openNow) {
		if (reason != CloseReason.EXPIRED) {
			return this.closed.get(reason.ordinal());
		}
		// in this order: a connection that is opened or closed meanwhile is missed for a
		// moment, not counted as expired for good
		long expired = openedCount() - openNow.getAsInt();
		for (CloseReason other : CloseReason.values()) {
			expired -= (other != CloseReason.EXPIRED) ? this.closed.get(other.ordinal()) : 0;
		}
		return this.closed.accumulateAndGet(CloseReason.EXPIRED.ordinal(), Math.max(0, expired), Math::max);
	}

	/**
	 * Share of the leases that found an open connection.
	 * @return 0 to 1, 1 where nothing was leased
	 */
	double reuseRatio() {
		long leased = this.leases.count();
		return (leased == 0) ? 1 : Math.max(0, 1 - openedCount() / (double) leased);
	}

}
