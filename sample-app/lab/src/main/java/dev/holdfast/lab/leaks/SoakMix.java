/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.load.Mix;

/**
 * What a healthy application is asked for.
 */
final class SoakMix {

	static final String DESCRIPTION = "40 % plain answers, 30 % calls to an upstream, 20 % database queries of 20 ms, "
			+ "10 % asynchronous answers after 50 ms; and in each second about one query of one second, one "
			+ "asynchronous answer after three, and two upstream bodies that flow slowly and are closed in the middle";

	private static final List<Mix.Target> QUICK = List.of(new Mix.Target("/demo/hello", 4),
			new Mix.Target("/demo/upstream/ok", 3), new Mix.Target("/demo/query?ms=20", 2),
			new Mix.Target("/demo/async?ms=50", 1));

	/** By how many there shall be in a second. */
	private static final List<Mix.Target> SLOW = List.of(new Mix.Target("/demo/query?ms=1000", 1),
			new Mix.Target("/demo/async?ms=3000", 1), new Mix.Target("/demo/upstream/endless", 2));

	private SoakMix() {
	}

	static Mix quick() {
		return new Mix(QUICK);
	}

	/**
	 * The quick ones, and few that take long.
	 * @param perSecond requests per second
	 * @return the mix
	 */
	static Mix at(double perSecond) {
		double slow = SLOW.stream().mapToDouble(Mix.Target::weight).sum();
		double quick = QUICK.stream().mapToDouble(Mix.Target::weight).sum();
		List<Mix.Target> all = new ArrayList<>(SLOW);
		QUICK.forEach((target) -> all
			.add(new Mix.Target(target.path(), target.weight() * Math.max(1, perSecond - slow) / quick)));
		return new Mix(all);
	}

}
