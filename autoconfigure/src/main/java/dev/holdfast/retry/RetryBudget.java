/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.retry.RecentCount.Outcome;

/**
 * Bounds retries to a share of the calls, so that a peer in trouble is not buried under
 * the attempts to reach it: in any ten seconds no more retries than {@code ratio} times
 * the calls of these ten seconds, plus a minimum for clients that call rarely. You need
 * one per client, shared by all its threads.
 * <p>
 * The scheme and its usual numbers (a fifth of the calls plus ten a second, forgotten
 * after ten seconds) are those of
 * <a href= "https://twitter.github.io/finagle/guide/Clients.html#retries">Finagle's
 * RetryBudget</a>. The minimum may be spent at once: ten a second are a hundred in ten
 * seconds. The ten seconds move on in steps of 500 ms.
 * <p>
 * Neither method locks or allocates. A retry belongs to the moment at which the clock was
 * read for it.
 *
 * @since 0.1.0
 */
public final class RetryBudget {

	/** How long a call and a retry are remembered. */
	static final Duration WINDOW = Duration.ofSeconds(10);

	static final int SLOTS = 20;

	static final long SLOT_NANOS = WINDOW.toNanos() / SLOTS;

	private static final long SCALE = 1_000_000;

	private final long scaledRatio;

	private final long minimum;

	private final Ticker ticker;

	private final long origin;

	private final RecentCount calls = new RecentCount(SLOTS);

	private final RecentCount retries = new RecentCount(SLOTS);

	private final LongAdder exhausted = new LongAdder();

	/**
	 * Creates a budget.
	 * @param ratio retries per call, from 0 to 1; kept to the millionth
	 * @param minPerSecond retries a second that need no call, at least 0
	 * @param ticker the clock
	 * @throws IllegalArgumentException if a number is out of its range
	 */
	public RetryBudget(double ratio, int minPerSecond, Ticker ticker) {
		// written so that it refuses what is not a number
		if (!(ratio >= 0 && ratio <= 1)) {
			throw new IllegalArgumentException("ratio must lie between 0 and 1, was " + ratio);
		}
		if (minPerSecond < 0) {
			throw new IllegalArgumentException("minPerSecond must be at least 0, was " + minPerSecond);
		}
		// whole numbers: 0.29 * 100 is less than 29
		this.scaledRatio = Math.round(ratio * SCALE);
		this.minimum = minPerSecond * WINDOW.toSeconds();
		this.ticker = ticker;
		this.origin = ticker.nanos();
	}

	/**
	 * Pays in for a call. To be called once for each call, not for its retries.
	 */
	public void deposit() {
		this.calls.add(slot());
	}

	/**
	 * Takes what a retry costs, if it is there.
	 * @return whether the retry may be made
	 */
	public boolean tryWithdraw() {
		Outcome outcome = Outcome.TOO_LATE;
		while (outcome == Outcome.TOO_LATE) {
			int slot = slot();
			// calls that come in meanwhile only add to the budget
			long budget = this.minimum + this.calls.recent(slot) * this.scaledRatio / SCALE;
			outcome = this.retries.tryAdd(slot, budget);
		}
		if (outcome == Outcome.FULL) {
			this.exhausted.increment();
		}
		return outcome == Outcome.ADDED;
	}

	/**
	 * Retries that were granted.
	 * @return their number since the budget was created
	 */
	public long withdrawn() {
		return this.retries.total();
	}

	/**
	 * Retries that were not granted.
	 * @return their number since the budget was created
	 */
	public long exhausted() {
		return this.exhausted.sum();
	}

	private int slot() {
		// an int of half seconds lasts for 34 years
		return (int) ((this.ticker.nanos() - this.origin) / SLOT_NANOS);
	}

}
