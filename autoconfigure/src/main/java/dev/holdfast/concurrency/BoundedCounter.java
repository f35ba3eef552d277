/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is held, up to a bound that the caller brings along. One compare-and-set
 * decides: it never overshoots, whoever else counts.
 */
final class BoundedCounter {

	private final AtomicInteger held = new AtomicInteger();

	/**
	 * Takes one if fewer than the bound are held.
	 * @param bound most that may be held afterwards
	 * @return how many are held now, or 0 if none was to be had
	 */
	int tryTake(int bound) {
		int current = this.held.get();
		while (current < bound) {
			int witness = this.held.compareAndExchange(current, current + 1);
			if (witness == current) {
				return current + 1;
			}
			current = witness;
		}
		return 0;
	}

	void giveBack() {
		this.held.getAndDecrement();
	}

	int held() {
		return this.held.get();
	}

}
