/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.util.concurrent.TimeUnit;

/**
 * Processor time that may be spent. It comes in at a hundredth of the time that passes
 * and is saved for ten seconds: then it is 100 ms, which is some ten readings where each
 * has to walk a thousand sockets, enough for a client that leaves to be looked at again
 * and again at once, and the most that a core is ever taken for in a row.
 *
 * @param nanos what there was, negative if more was spent than there had been
 * @param atNanos when
 */
record Credit(long nanos, long atNanos) {

	private static final long TIME_PER_CREDIT = 100;

	private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10) / TIME_PER_CREDIT;

	static Credit none(long now) {
		return new Credit(0, now);
	}

	/**
	 * Whether something may be spent. It may cost more than there is: then it takes a
	 * hundred times what is owed until something may be spent again.
	 * @param now the time
	 * @return {@code false} as long as something is owed
	 */
	boolean isGood(long now) {
		return at(now) >= 0;
	}

	Credit spend(long cost, long now) {
		return new Credit(at(now) - cost, now);
	}

	private long at(long now) {
		return Math.min(MOST_NANOS, this.nanos + (now - this.atNanos) / TIME_PER_CREDIT);
	}

}
