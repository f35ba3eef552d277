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

	private static final int STEPS_PER_CHUNK = 100;

	private static final int CHUNKS_PER_ROUND = 400;

	private static final int ROUNDS = 60;

	private final double chunksPerMilli;

	/** Written so that the compiler cannot prove the work useless. */
	private volatile double sink = 1;

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
		double state = this.sink;
		for (long chunk = 0; chunk < chunks; chunk++) {
			state = chunk(state);
		}
		this.sink = state;
	}

	/**
	 * Each step needs the one before, so none can be skipped or overlapped, and waits for
	 * the square root far longer than for the loop around it: the speed is much the same
	 * whichever compiler made the code, so it matters little if the best one is late at
	 * the start.
	 */
	private static double chunk(double seed) {
		double state = seed;
		for (int step = 0; step < STEPS_PER_CHUNK; step++) {
			state = Math.sqrt(state + 1);
			state = Math.sqrt(state + 2);
			state = Math.sqrt(state + 3);
			state = Math.sqrt(state + 4);
		}
		return state;
	}

}
