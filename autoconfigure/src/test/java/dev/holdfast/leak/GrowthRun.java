/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import dev.holdfast.lifetime.ManualTicker;

/**
 * A watcher that lives through simulated hours, with a value every ten seconds.
 */
final class GrowthRun {

	private static final Duration STEP = Duration.ofSeconds(10);

	private final ManualTicker ticker = new ManualTicker(-12_345);

	private final Growth growth = new Growth(this.ticker);

	private final Resource resource;

	private final DoubleUnaryOperator perSecond;

	private long seconds;

	private double traffic;

	/**
	 * Creates a run.
	 * @param resource what is counted
	 * @param perSecond traffic by minute
	 */
	GrowthRun(Resource resource, DoubleUnaryOperator perSecond) {
		this.resource = resource;
		this.perSecond = perSecond;
	}

	GrowthRun(Resource resource) {
		this(resource, (minute) -> 50);
	}

	/**
	 * Lets time pass.
	 * @param minutes for how long
	 * @param value value by minute since the start of the run
	 * @return minutes from now until a rise was told first, -1 if none was
	 */
	double live(double minutes, DoubleUnaryOperator value) {
		return live(minutes, STEP, value);
	}

	double live(double minutes, Duration step, DoubleUnaryOperator value) {
		double from = minute();
		double found = -1;
		while (minute() < from + minutes) {
			this.growth.sample(this.resource, Math.round(value.applyAsDouble(minute())), Math.round(this.traffic));
			if (found < 0 && !rises().isEmpty()) {
				found = minute() - from;
			}
			pass(step);
		}
		return found;
	}

	void pass(Duration time) {
		this.traffic += this.perSecond.applyAsDouble(minute()) * time.toSeconds();
		this.ticker.advance(time);
		this.seconds += time.toSeconds();
	}

	double minute() {
		return this.seconds / 60.0;
	}

	List<Rise> rises() {
		return this.growth.rises();
	}

}
