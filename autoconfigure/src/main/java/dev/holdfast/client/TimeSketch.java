/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts times in buckets, each an eighth wider than the one before: percentiles are off
 * by at most that. Nothing is locked and nothing allocated.
 */
public final class TimeSketch {

	private static final int SUB_BITS = 3;

	private static final int BUCKETS = (64 - SUB_BITS) << SUB_BITS;

	private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

	private final LongAdder count = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	/**
	 * Counts a time.
	 * @param time nanoseconds; less than nothing counts as nothing
	 */
	public void record(long time) {
		long value = Math.max(0, time);
		this.counts.incrementAndGet(bucket(value));
		this.count.increment();
		this.nanos.add(value);
	}

	long count() {
		return this.count.sum();
	}

	double seconds() {
		return this.nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
	}

	/**
	 * Time that a share of all times does not exceed.
	 * @param share the share, from 0 to 1
	 * @return milliseconds, 0 if nothing was counted
	 */
	double millis(double share) {
		long rank = (long) Math.ceil(share * count());
		long seen = 0;
		for (int i = 0; i < BUCKETS; i++) {
			seen += this.counts.get(i);
			if (seen >= rank && seen > 0) {
				return upperBound(i) / (double) TimeUnit.MILLISECONDS.toNanos(1);
			}
		}
		return 0;
	}

	private static int bucket(long value) {
		int sub = 1 << SUB_BITS;
		if (value < sub) {
			return (int) value;
		}
		int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
		return Math.min(BUCKETS - 1, ((shift + 1) << SUB_BITS) + (int) ((value >>> shift) - sub));
	}

	private static long upperBound(int bucket) {
		int sub = 1 << SUB_BITS;
		if (bucket < sub) {
			return bucket;
		}
		int shift = (bucket >> SUB_BITS) - 1;
		return (((bucket & (sub - 1)) + sub + 1L) << shift) - 1;
	}

}
