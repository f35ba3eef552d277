/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.Mix;
import dev.holdfast.lab.load.Phase;

/**
 * The generator of the lab at a constant rate.
 *
 * @param port port of the balancer
 * @param path what is asked for
 * @param perSecond how often
 */
record OpenLoop(int port, String path, double perSecond) implements Stretch {

	/** Longer than anything takes that is not lost. */
	static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final int MAX_CONNECTIONS = 512;

	@Override
	public Counts send(Duration length) throws IOException {
		LoadPlan plan = LoadPlan.of(this.port, Mix.of(this.path), Phase.constant("all", this.perSecond, length))
			.withDeadline(DEADLINE)
			.withMaxConnections(MAX_CONNECTIONS);
		return Counts.of(LoadGenerator.run(plan).total());
	}

}
