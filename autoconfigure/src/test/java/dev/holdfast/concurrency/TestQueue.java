/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.report.Mode;

/**
 * A queue without a limiter and without threads: who joins looks at the answer instead of
 * waiting for it.
 */
final class TestQueue {

	final ManualTicker ticker = new ManualTicker();

	private final BoundedCounter held = new BoundedCounter();

	private final List<Lane> lanes = new ArrayList<>();

	private final WaitQueue queue;

	private Rules rules;

	private Runnable nextRead = () -> {
	};

	TestQueue(int limit, int maxQueued, Map<String, LaneSettings> routes) {
		List<LaneSettings> settings = new ArrayList<>();
		this.lanes.add(new Lane("", 0));
		settings.add(LaneSettings.NONE);
		routes.forEach((name, route) -> {
			this.lanes.add(new Lane(name, this.lanes.size()));
			settings.add(route);
		});
		this.rules = Rules.of(new LimiterSettings(Mode.ENFORCE, limit, maxQueued, Duration.ofHours(1), 1), settings);
		this.queue = new WaitQueue(this.lanes, this.held, this::readRules, this::take, this.ticker);
	}

	Lane lane(String name) {
		return this.lanes.stream().filter((lane) -> lane.name().equals(name)).findFirst().orElseThrow();
	}

	Waiter join(String lane) {
		return this.queue.join(lane(lane));
	}

	/** Takes permits past the queue until there are none. */
	void fill(String lane) {
		Lane filled = lane(lane);
		while (take(filled, this.rules.bounds(filled))) {
			// one more
		}
	}

	void release(String lane) {
		lane(lane).held.giveBack();
		this.held.giveBack();
		wakeNext();
	}

	void change(LimiterSettings settings) {
		this.rules = this.rules.with(settings);
		wakeNext();
	}

	void change(String lane, LaneSettings settings) {
		this.rules = this.rules.with(lane(lane), settings);
		wakeNext();
	}

	/** Does something just after the queue has read the rules for the next time. */
	void afterNextRead(Runnable action) {
		this.nextRead = action;
	}

	private Rules readRules() {
		Rules read = this.rules;
		Runnable action = this.nextRead;
		this.nextRead = () -> {
		};
		action.run();
		return read;
	}

	private void wakeNext() {
		if (!this.queue.isEmpty()) {
			this.queue.pump();
		}
	}

	WaitQueue queue() {
		return this.queue;
	}

	int held() {
		return this.held.held();
	}

	private boolean take(Lane lane, LaneBounds bounds) {
		if (lane.held.tryTake(bounds.own()) == 0) {
			return false;
		}
		if (this.held.tryTake(bounds.shared()) == 0) {
			lane.held.giveBack();
			return false;
		}
		return true;
	}

}
