/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * How long after each SIGTERM a balancer has taken the instance out: drawn once, from a
 * seed, so that a run can be played again.
 *
 * @param seed the seed
 * @param delays one for each restart
 */
record Removals(long seed, List<Duration> delays) {

	Removals {
		delays = List.copyOf(delays);
	}

	static Removals draw(long seed, int restarts, Duration latest) {
		SplittableRandom random = new SplittableRandom(seed);
		List<Duration> delays = new ArrayList<>();
		for (int i = 0; i < restarts; i++) {
			delays.add(Duration.ofMillis((long) (random.nextDouble() * latest.toMillis())));
		}
		return new Removals(seed, delays);
	}

	@Override
	public String toString() {
		return this.delays.stream()
			.map((delay) -> String.format(Locale.ROOT, "%.1f", delay.toMillis() / 1000.0))
			.collect(Collectors.joining(" ", "seed " + this.seed + ": ", " s"));
	}

}
