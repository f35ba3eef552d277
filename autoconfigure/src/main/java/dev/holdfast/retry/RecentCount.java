/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what happened in the last slots of time, with one running total and a ring that
 * remembers where the total stood when a slot was first touched. What is recent is the
 * total less the lowest of these marks that are not too old. A slot that nobody touched
 * has no mark and needs none: nothing was counted in it.
 * <p>
 * Every thread sets the mark of its slot before it counts, and the mark is read after the
 * slot has begun. So whatever a thread counted is recent for as long as the slot of its
 * clock reading is, and nothing that was counted before the oldest slot began is recent.
 */
final class RecentCount {

	private static final int VALUE_BITS = Integer.SIZE;

	private final AtomicLong total = new AtomicLong();

	/**
	 * Slot number in the upper, low bits of the total in the lower half. All zero is
	 * right at the start: nothing had been counted when slot 0 began.
	 */
	private final AtomicLongArray marks;

	RecentCount(int slots) {
		this.marks = new AtomicLongArray(slots);
	}

	void add(int slot) {
		mark(slot);
		this.total.getAndIncrement();
	}

	/**
	 * Adds one if fewer than the bound are recent. The compare-and-set of the total
	 * decides: it fails if anybody else has counted since the recent ones were counted.
	 * @param slot current slot
	 * @param bound most that may be recent afterwards
	 * @return what became of it
	 */
	Outcome tryAdd(int slot, long bound) {
		mark(slot);
		while (true) {
			long current = this.total.get();
			boolean full = recent(slot, current) >= bound;
			// asked after the marks were read: a later one may have replaced one of them
			if (isOver(slot)) {
				return Outcome.TOO_LATE;
			}
			if (full) {
				return Outcome.FULL;
			}
			if (this.total.compareAndSet(current, current + 1)) {
				return Outcome.ADDED;
			}
		}
	}

	long recent(int slot) {
		return recent(slot, this.total.get());
	}

	long total() {
		return this.total.get();
	}

	/**
	 * What is recent as long as the total stands where it was read. A mark that is ahead
	 * of the total gives less than nothing and is passed over.
	 * @param slot current slot
	 * @param current the total
	 * @return what was counted in the slots up to the current one
	 */
	private int recent(int slot, long current) {
		int most = 0;
		for (int index = 0; index < this.marks.length(); index++) {
			long mark = this.marks.get(index);
			if (slot(mark) > slot - this.marks.length()) {
				most = Math.max(most, (int) current - (int) mark);
			}
		}
		return most;
	}

	private boolean isOver(int slot) {
		for (int index = 0; index < this.marks.length(); index++) {
			if (slot(this.marks.get(index)) > slot) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Sets the mark of a slot, unless it is there or the ring has gone round meanwhile. A
	 * thread that was held up may set a mark that is too high for its slot; the marks of
	 * the later slots are lower then, and the lowest is what counts.
	 * @param slot current slot
	 */
	private void mark(int slot) {
		int index = slot % this.marks.length();
		long mark = this.marks.get(index);
		while (slot(mark) < slot) {
			long low = this.total.get() & 0xFFFF_FFFFL;
			long witness = this.marks.compareAndExchange(index, mark, ((long) slot << VALUE_BITS) | low);
			if (witness == mark) {
				return;
			}
			mark = witness;
		}
	}

	private static int slot(long mark) {
		return (int) (mark >>> VALUE_BITS);
	}

	/**
	 * What became of an attempt to add.
	 */
	enum Outcome {

		/** One was added. */
		ADDED,

		/** As many as may be are recent. */
		FULL,

		/**
		 * The slot has ended since the clock was read: to be tried in the current one.
		 */
		TOO_LATE

	}

}
