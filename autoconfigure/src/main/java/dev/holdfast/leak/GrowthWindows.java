/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The last windows of one resource, and whether their floors are a rise by the rules of
 * {@link Growth}.
 */
final class GrowthWindows {

	static final int COUNT = 12;

	private static final int LAST = COUNT - 1;

	private static final int HALF = COUNT / 2;

	/** Windows at either end between which traffic is compared. */
	private static final int THIRD = 3;

	/** Four fifths of all pairs. */
	private static final double LEAST_SCORE = 0.8 * COUNT * LAST / 2;

	private static final double LEAST_RATIO = 1.25;

	/** Windows that may be lower than the one before. */
	private static final int MOST_FALLS = 1;

	/** Times that a rise must be larger than what came back by itself. */
	private static final double MARGIN = 2;

	/** Share by which the highest and the lowest floor come closer with each window. */
	private static final double APPROACH = 1.0 / 32;

	/** Share of what came back that is remembered a window later. */
	private static final double MEMORY = 0.995;

	private static final int TIMES_IN_A_ROW = 3;

	/** Windows that a rise has to last. */
	private static final int LEAST_LENGTH = 10;

	private static final int STILL = 5;

	/** After as many windows without a value nothing is known any more. */
	private static final int SILENCE = 3;

	/** Added to the work of a third, so that two requests are not twice the traffic. */
	private static final double FEW = 10;

	private final Resource resource;

	private final long width;

	private final long[] floors = new long[COUNT];

	private final long[] traffic = new long[COUNT];

	private final long[] ends = new long[COUNT];

	private int oldest;

	private int complete;

	private boolean open;

	private long start;

	private long floor;

	private double high;

	private double low;

	private double cameBack;

	private int times;

	private boolean rising;

	private long from;

	private long since;

	GrowthWindows(Resource resource, Duration width) {
		this.resource = resource;
		this.width = width.toNanos();
	}

	/**
	 * Takes note of a value.
	 * @param now the time
	 * @param value the value
	 * @param work traffic so far
	 * @return whether a rise was found, is over or has other figures
	 */
	boolean add(long now, long value, long work) {
		long age = now - this.start;
		if (this.open && age < this.width) {
			this.floor = Math.min(this.floor, value);
			return false;
		}
		boolean was = this.rising;
		if (!this.open || age >= SILENCE * this.width) {
			this.open = true;
			this.start = now;
			this.complete = 0;
			this.cameBack = 0;
			this.times = 0;
			this.rising = false;
		}
		else {
			// the ends of windows do not move with the moments of the values
			this.start += age / this.width * this.width;
			close(now, work);
		}
		this.floor = value;
		return was || this.rising;
	}

	@Nullable Rise rise() {
		if (!this.rising) {
			return null;
		}
		return new Rise(this.resource, this.from, floor(LAST), Duration.ofNanos(end(LAST) - this.since));
	}

	private void close(long now, long work) {
		this.floors[this.oldest] = this.floor;
		this.traffic[this.oldest] = work;
		this.ends[this.oldest] = now;
		this.oldest = (this.oldest + 1) % COUNT;
		swing();
		this.complete = Math.min(COUNT, this.complete + 1);
		if (this.rising) {
			this.rising = floor(LAST) > floor(LAST - STILL);
			this.times = 0;
		}
		else if (this.complete == COUNT && rises()) {
			this.times++;
			if (this.times == 1) {
				begin();
			}
			this.rising = this.times >= TIMES_IN_A_ROW && end(LAST) - this.since >= LEAST_LENGTH * this.width;
		}
		else {
			this.times = 0;
		}
	}

	/**
	 * Remembers the largest fall of the floor from a height that was not long ago.
	 */
	private void swing() {
		if (this.complete == 0) {
			// not the first value, which may be a burst
			this.high = this.floor;
			this.low = this.floor;
		}
		this.high = Math.max((double) this.floor, this.high + (this.floor - this.high) * APPROACH);
		this.low = Math.min((double) this.floor, this.low + (this.floor - this.low) * APPROACH);
		this.cameBack = Math.max(this.high - this.floor, this.cameBack * MEMORY);
	}

	/**
	 * The rise began at the last of the lowest floors.
	 */
	private void begin() {
		int lowest = 0;
		for (int i = 1; i < COUNT; i++) {
			lowest = (floor(i) <= floor(lowest)) ? i : lowest;
		}
		this.from = floor(lowest);
		this.since = end(lowest);
	}

	private boolean rises() {
		long whole = floor(LAST) - floor(0);
		return whole >= this.resource.least() && floor(LAST) >= LEAST_RATIO * floor(0) && floor(LAST) > floor(LAST - 2)
				&& 3 * (floor(LAST) - floor(HALF)) >= whole && isSteady()
				&& floor(LAST) - this.low >= MARGIN * this.cameBack && !isExplained();
	}

	/**
	 * The statistic S of Mann and Kendall, pairs that rise less pairs that fall; and next
	 * to it the pairs of neighbours, for a number that wanders has a trend most of the
	 * time.
	 * @return whether nearly all pairs rise
	 */
	private boolean isSteady() {
		int score = 0;
		int falls = 0;
		for (int later = 1; later < COUNT; later++) {
			falls += (floor(later) < floor(later - 1)) ? 1 : 0;
			for (int earlier = 0; earlier < later; earlier++) {
				score += Long.compare(floor(later), floor(earlier));
			}
		}
		return score >= LEAST_SCORE && falls <= MOST_FALLS;
	}

	/**
	 * Compares the windows 1 to 3 with the last three, in value and in traffic. Floors of
	 * a few are not in proportion to traffic, for chance makes them zero: what matters is
	 * added to both.
	 * @return whether traffic has risen by at least half the ratio
	 */
	private boolean isExplained() {
		double before = THIRD * this.resource.least();
		double after = before;
		for (int i = 0; i < THIRD; i++) {
			before += floor(1 + i);
			after += floor(LAST - i);
		}
		double workRatio = (work(LAST) + FEW) / (work(THIRD) + FEW);
		return 2 * (workRatio - 1) >= after / before - 1;
	}

	/**
	 * Work of a third that ends with a window, as if all windows were equally long.
	 * @param last the window
	 * @return requests and calls
	 */
	private double work(int last) {
		int index = (this.oldest + last) % COUNT;
		int before = (this.oldest + last - THIRD) % COUNT;
		long count = Math.max(0, this.traffic[index] - this.traffic[before]);
		return (double) count * THIRD * this.width / (this.ends[index] - this.ends[before]);
	}

	private long floor(int window) {
		return this.floors[(this.oldest + window) % COUNT];
	}

	private long end(int window) {
		return this.ends[(this.oldest + window) % COUNT];
	}

}
