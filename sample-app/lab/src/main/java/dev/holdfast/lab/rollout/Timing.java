/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.rollout.Cell.Traffic;
import dev.holdfast.lab.scenario.Form;

/**
 * How long everything takes.
 *
 * @param delay how long an instance serves on after SIGTERM
 * @param phase how long Boot waits for the requests in flight
 * @param orders latest effect of an order to a balancer that cannot see for itself
 * @param reload latest reload of nginx
 * @param perSecond requests a second of heavy traffic
 * @param requests fewest requests of heavy traffic
 * @param restarts restarts under a trickle
 */
record Timing(Duration delay, Duration phase, Duration orders, Duration reload, int perSecond, int requests,
		int restarts) {

	/** One every three seconds. */
	static final double TRICKLE_PER_SECOND = 1 / 3.0;

	/** What an orchestrator gives a process to end, as Kubernetes does. */
	static final Duration GRACE = Duration.ofSeconds(30);

	private static final Timing BRIEF = new Timing(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(2),
			Duration.ofSeconds(2), 100, 1000, 2);

	private static final Timing FULL = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(12), Duration.ofSeconds(8),
			Duration.ofSeconds(3), 500, 20_000, 20);

	static Timing of(Form form) {
		return form.pick(BRIEF, FULL);
	}

	/**
	 * Settings of the instances. What Holdfast does with its own when it is off is
	 * nothing.
	 * @return arguments
	 */
	List<String> arguments() {
		return List.of("--holdfast.shutdown.delay=" + this.delay.toMillis() + "ms",
				"--spring.lifecycle.timeout-per-shutdown-phase=" + this.phase.toMillis() + "ms");
	}

	/**
	 * How late an instance may still get requests, counted from its SIGTERM.
	 * @param balancer who sends them
	 * @return the latest, zero for those that look for themselves
	 */
	Duration removal(Balancer balancer) {
		return switch (balancer) {
			case DELAYED -> this.orders;
			case NGINX -> this.reload;
			case CHECKS, DIRECT -> Duration.ZERO;
		};
	}

	int restarts(List<Cell> cells) {
		boolean trickle = cells.stream().anyMatch((cell) -> cell.traffic() == Traffic.TRICKLE);
		return trickle ? this.restarts : 2;
	}

	int requests(Traffic traffic) {
		return (traffic == Traffic.TRICKLE) ? 1 : this.requests;
	}

}
