/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When each request is meant to leave, computed before the run so that nothing the server
 * does can move it.
 */
final class Schedule {

	private long[] at = new long[1024];

	private int[] phase = new int[1024];

	private int[] target = new int[1024];

	private int size;

	private long end;

	static Schedule of(List<Phase> phases, Mix mix, long seed) {
		Schedule schedule = new Schedule();
		SplittableRandom random = new SplittableRandom(seed);
		for (int i = 0; i < phases.size(); i++) {
			schedule.append(i, phases.get(i), mix, random);
		}
		return schedule;
	}

	private void append(int index, Phase phase, Mix mix, SplittableRandom random) {
		long begin = this.end;
		this.end = begin + phase.length().toNanos();
		if (phase.perSecond() <= 0) {
			return;
		}
		double gap = 1e9 / phase.perSecond();
		switch (phase.arrivals()) {
			case CONSTANT -> {
				for (long i = 0; begin + (long) (i * gap) < this.end; i++) {
					add(begin + (long) (i * gap), index, mix.pick(random));
				}
			}
			case POISSON -> {
				double time = begin - Math.log(1 - random.nextDouble()) * gap;
				while (time < this.end) {
					add((long) time, index, mix.pick(random));
					time -= Math.log(1 - random.nextDouble()) * gap;
				}
			}
			case AT_ONCE -> {
				long count = Math.round(phase.perSecond() * phase.seconds());
				for (long i = 0; i < count; i++) {
					add(begin, index, mix.pick(random));
				}
			}
		}
	}

	private void add(long nanos, int phaseIndex, int targetIndex) {
		if (this.size == this.at.length) {
			this.at = Arrays.copyOf(this.at, this.size * 2);
			this.phase = Arrays.copyOf(this.phase, this.size * 2);
			this.target = Arrays.copyOf(this.target, this.size * 2);
		}
		this.at[this.size] = nanos;
		this.phase[this.size] = phaseIndex;
		this.target[this.size] = targetIndex;
		this.size++;
	}

	int size() {
		return this.size;
	}

	long at(int index) {
		return this.at[index];
	}

	int phase(int index) {
		return this.phase[index];
	}

	int target(int index) {
		return this.target[index];
	}

	long end() {
		return this.end;
	}

}
