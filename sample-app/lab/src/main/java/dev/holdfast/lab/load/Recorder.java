/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.util.ArrayList;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Counts while a run goes on; one thread only.
 */
final class Recorder {

	private final LoadPlan plan;

	private final long startNanos;

	private final List<List<Tally>> tallies = new ArrayList<>();

	private final List<Tally> seconds = new ArrayList<>();

	private final Histogram lag = new Histogram(3);

	private long opened;

	private int peakOpen;

	private long starved;

	Recorder(LoadPlan plan, long startNanos) {
		this.plan = plan;
		this.startNanos = startNanos;
		for (int i = 0; i < plan.phases().size(); i++) {
			List<Tally> perTarget = new ArrayList<>();
			plan.mix().targets().forEach((target) -> perTarget.add(new Tally()));
			this.tallies.add(perTarget);
		}
	}

	long startNanos() {
		return this.startNanos;
	}

	void sent(Exchange exchange, long lagNanos) {
		this.lag.recordValue(lagNanos / 1000);
		tally(exchange).offered++;
		second(exchange).offered++;
	}

	void answered(Exchange exchange, long latencyNanos, ResponseParser response) {
		tally(exchange).answered(latencyNanos / 1000, response.status(), response.shedReason());
		second(exchange).answered(latencyNanos / 1000, response.status(), response.shedReason());
	}

	void late(Exchange exchange) {
		tally(exchange).late++;
		second(exchange).late++;
	}

	void broken(Exchange exchange) {
		tally(exchange).broken++;
		second(exchange).broken++;
	}

	void opened(int open) {
		this.opened++;
		this.peakOpen = Math.max(this.peakOpen, open);
	}

	void starved() {
		this.starved++;
	}

	private Tally tally(Exchange exchange) {
		return this.tallies.get(exchange.phase).get(exchange.target);
	}

	private Tally second(Exchange exchange) {
		int index = (int) ((exchange.intendedNanos - this.startNanos) / 1_000_000_000L);
		while (this.seconds.size() <= index) {
			this.seconds.add(new Tally());
		}
		return this.seconds.get(index);
	}

	LoadResult result() {
		return new LoadResult(this.plan, this.startNanos, this.tallies, this.seconds, this.lag,
				new LoadResult.Connections(this.opened, this.peakOpen, this.starved));
	}

}
