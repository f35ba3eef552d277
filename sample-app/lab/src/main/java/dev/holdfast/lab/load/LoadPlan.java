/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.time.Duration;
import java.util.List;

/**
 * One run of the generator.
 *
 * @param port port of the server on the loopback address
 * @param mix what is asked for
 * @param phases how much of it and for how long
 * @param deadline how long a client waits, from the intended send time
 * @param maxConnections most connections open at once
 * @param seed seed of arrivals and choices
 */
public record LoadPlan(int port, Mix mix, List<Phase> phases, Duration deadline, int maxConnections, long seed) {

	/** Most connections of a run unless it says otherwise. */
	public static final int MAX_CONNECTIONS = 4096;

	public LoadPlan {
		phases = List.copyOf(phases);
	}

	public static LoadPlan of(int port, Mix mix, Phase... phases) {
		return new LoadPlan(port, mix, List.of(phases), Duration.ofSeconds(1), MAX_CONNECTIONS, 42);
	}

	public LoadPlan withDeadline(Duration deadline) {
		return new LoadPlan(this.port, this.mix, this.phases, deadline, this.maxConnections, this.seed);
	}

	public LoadPlan withMaxConnections(int maxConnections) {
		return new LoadPlan(this.port, this.mix, this.phases, this.deadline, maxConnections, this.seed);
	}

	public LoadPlan withSeed(long seed) {
		return new LoadPlan(this.port, this.mix, this.phases, this.deadline, this.maxConnections, seed);
	}

}
