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
 * @param addresses loopback addresses to connect to in turn, from 127.0.0.1 on
 * @param seed seed of arrivals and choices
 */
public record LoadPlan(int port, Mix mix, List<Phase> phases, Duration deadline, int maxConnections, int addresses,
		long seed) {

	/** Most connections of a run unless it says otherwise. */
	public static final int MAX_CONNECTIONS = 4096;

	public LoadPlan {
		phases = List.copyOf(phases);
	}

	public static LoadPlan of(int port, Mix mix, Phase... phases) {
		return new LoadPlan(port, mix, List.of(phases), Duration.ofSeconds(1), MAX_CONNECTIONS, 1, 42);
	}

	public LoadPlan withDeadline(Duration deadline) {
		return new LoadPlan(this.port, this.mix, this.phases, deadline, this.maxConnections, this.addresses, this.seed);
	}

	public LoadPlan withMaxConnections(int maxConnections) {
		return new LoadPlan(this.port, this.mix, this.phases, this.deadline, maxConnections, this.addresses, this.seed);
	}

	/**
	 * The same plan for a server that listens on every address. Clients who give up leave
	 * ports behind; among ten thousand of them to one address the kernel searches long
	 * for the next free one, and the generator with it.
	 * @return the plan, spread over loopback addresses where the system has them
	 */
	public LoadPlan spread() {
		int many = System.getProperty("os.name").startsWith("Linux") ? 32 : 1;
		return new LoadPlan(this.port, this.mix, this.phases, this.deadline, this.maxConnections, many, this.seed);
	}

	public LoadPlan withSeed(long seed) {
		return new LoadPlan(this.port, this.mix, this.phases, this.deadline, this.maxConnections, this.addresses, seed);
	}

}
