/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Burns a given amount of CPU time on the calling thread.
 * <p>
 * Watching the clock would be wrong: a thread that competes for a core would stop after
 * having burned less. Watching the thread's CPU time would not work on virtual threads.
 * So the work is a fixed number of dependent steps, counted out once at the start against
 * the CPU time of a platform thread: it does not shrink when others compete.
 */
@Component
@Lazy(false)
final class CpuBurner {

	private static final int STEPS_PER_CHUNK = 2_000;

	private static final int CHUNKS_PER_ROUND = 500;

	private static final int ROUNDS = 60;

	private final double chunksPerMilli;

	/** Written so that the compiler cannot prove the work useless. */
	private volatile long sink = 0x9E3779B97F4A7C15L;

	CpuBurner() {
		this.chunksPerMilli = calibrate();
	}

	void burn(Millis ms) {
		spin(Math.round(ms.value() * this.chunksPerMilli));
	}

	/**
	 * The first half of the rounds is thrown away: it is what the just-in-time compiler
	 * needs. The median of the others is robust against a round that was disturbed.
	 */
	private double calibrate() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long[] nanos = new long[ROUNDS];
		for (int round = 0; round < ROUNDS; round++) {
			long before = threads.getCurrentThreadCpuTime();
			spin(CHUNKS_PER_ROUND);
			nanos[round] = threads.getCurrentThreadCpuTime() - before;
		}
		long[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
		Arrays.sort(warm);
		return CHUNKS_PER_ROUND * 1_000_000.0 / Math.max(1, warm[warm.length / 2]);
	}

	private void spin(long chunks) {
		long state = this.sink;
		for (long chunk = 0; chunk < chunks; chunk++) {
			state = chunk(state);
		}
		this.sink = state;
	}

	/**
	 * Marsaglia's xorshift: each step needs the one before, so no step can be skipped.
	 */
	private static long chunk(long seed) {
		long state = seed;
		for (int step = 0; step < STEPS_PER_CHUNK; step++) {
			state ^= state << 13;
			state ^= state >>> 7;
			state ^= state << 17;
		}
		return state;
	}

}
