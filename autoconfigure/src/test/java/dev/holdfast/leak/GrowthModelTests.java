/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any day of a healthy application, and any leak.
 */
@Tag("A4")
class GrowthModelTests {

	/**
	 * The same thousand days each time: of a million, some would be unlucky.
	 * @param seed makes the day
	 */
	@Property(tries = 1_000, seed = "7", shrinking = ShrinkingMode.OFF)
	void aHealthyApplicationHasNoRiseAllDay(@ForAll long seed) {
		GrowthHealthyDay day = new GrowthHealthyDay(seed);
		assertThat(day.live()).as(day.toString()).isNegative();
	}

	@Property(tries = 500, seed = "7", shrinking = ShrinkingMode.OFF)
	void aLeakIsFoundWithinAQuarterOfAnHour(@ForAll Resource resource, @ForAll long seed,
			@ForAll @DoubleRange(min = 1, max = 100) double speed, @ForAll @DoubleRange(max = 3) double level) {
		double perMinute = speed * resource.least() / 10;
		double base = level * 10 * perMinute;
		// larger noise of the floors takes longer
		double noise = perMinute;
		Random random = new Random(seed);
		GrowthRun run = new GrowthRun(resource);
		assertThat(run.live(45, (minute) -> base + noise * random.nextDouble())).isNegative();
		assertThat(run.live(60, (minute) -> base + noise * random.nextDouble() + perMinute * (minute - 45)))
			.isBetween(1.0, 15.0);
	}

}
