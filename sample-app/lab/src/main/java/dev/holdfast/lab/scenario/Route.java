/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

import dev.holdfast.lab.load.Mix;

/**
 * What the overload scenario asks for.
 *
 * @param id its name
 * @param mix what is requested
 * @param clients numbers of closed-loop clients to try for its capacity
 * @param warmUps how many times longer than others its warm-up lasts
 */
record Route(String id, Mix mix, List<Integer> clients, int warmUps) {

	/** A pool of ten connections is the bottleneck. */
	static final Route QUERY = new Route("query", Mix.of("/demo/query?ms=20"), List.of(10, 20, 40), 1);

	/**
	 * The processor is. So few requests a second take longer to have the framework around
	 * them compiled, and while it is, the compiler takes a tenth of the core.
	 */
	static final Route CPU = new Route("cpu", Mix.of("/demo/cpu?ms=10"), List.of(2, 4, 8), 4);

	/** Both, and cheap requests among them. */
	static final Route MIXED = new Route("mixed", new Mix(List.of(new Mix.Target("/demo/query?ms=20", 6),
			new Mix.Target("/demo/cpu?ms=10", 1), new Mix.Target("/demo/hello", 3))), List.of(10, 20, 40), 1);

	static List<Route> all() {
		return List.of(QUERY, CPU, MIXED);
	}

}
