/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Days of applications that are well, each of them another one.
 */
final class GrowthHealthyDay {

	private final Random random;

	private final Resource resource;

	private final DoubleUnaryOperator perSecond;

	private final double base;

	private double drift;

	GrowthHealthyDay(long seed) {
		this.random = new Random(seed);
		this.resource = List.copyOf(EnumSet.allOf(Resource.class)).get(this.random.nextInt(4));
		this.base = Math.pow(10, 4 * this.random.nextDouble()) - 1;
		double rate = Math.pow(10, 4 * this.random.nextDouble() - 1);
		double swing = 0.9 * this.random.nextDouble();
		double phase = 2 * Math.PI * this.random.nextDouble();
		this.perSecond = (minute) -> rate * (1 + swing * Math.sin(phase + 2 * Math.PI * minute / (24 * 60)));
	}

	/**
	 * Lives through the day.
	 * @return minutes until a rise was told, -1 if none was
	 */
	double live() {
		return new GrowthRun(this.resource, this.perSecond).live(24 * 60, value());
	}

	private DoubleUnaryOperator value() {
		double height = this.base * 2 * this.random.nextDouble() + 50;
		double length = 0.2 + 11.8 * this.random.nextDouble();
		double memory = 0.98 * this.random.nextDouble();
		return switch (this.random.nextInt(5)) {
			case 0 -> (minute) -> this.base + height * this.random.nextDouble();
			case 1 -> (minute) -> Math.max(0, this.base + height * this.random.nextGaussian());
			case 2 -> (minute) -> this.base + height * (minute % length) / length + 10 * this.random.nextDouble();
			case 3 -> (minute) -> Math.max(0, this.base * (1 + drift(memory)));
			default -> {
				double share = height / this.perSecond.applyAsDouble(0);
				yield (minute) -> this.base
						+ share * this.perSecond.applyAsDouble(minute) * (0.8 + 0.4 * this.random.nextDouble());
			}
		};
	}

	/**
	 * Noise that remembers where it was.
	 * @param memory how much of it is left after ten seconds
	 * @return deviation, with a standard deviation of 0.2
	 */
	private double drift(double memory) {
		this.drift = memory * this.drift + 0.2 * Math.sqrt(1 - memory * memory) * this.random.nextGaussian();
		return this.drift;
	}

	@Override
	public String toString() {
		return this.resource + " from " + this.base;
	}

}
