/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StatisticsTests {

	@Test
	void whatADisturbanceDoesToSomeValuesDoesNotCount() {
		assertThat(Statistics.interquartileMean(List.of(9.0, 1.0, 2.0, 3.0, 2.0, 3.0, 0.1, 2.0))).isEqualTo(2.25);
		assertThat(Statistics.interquartileMean(List.of(4.0, 6.0))).isEqualTo(5.0);
	}

	@Test
	void medianIsTheMiddle() {
		assertThat(Statistics.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
		assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
	}

	@Test
	void upperBoundOfEqualPairsIsTheirRatio() {
		assertThat(Statistics.upperBound(List.of(1.02, 1.02, 1.02, 1.02, 1.02, 1.02, 1.02))).isCloseTo(1.02,
				within(1e-9));
	}

	@Test
	void upperBoundGrowsWithTheSpread() {
		// mean of the logarithms 0, deviation ln 1.1, three degrees of freedom
		double bound = Statistics.upperBound(List.of(1.1, 1 / 1.1, 1.1, 1 / 1.1));
		assertThat(bound).isCloseTo(Math.exp(2.353 * Math.log(1.1) * Math.sqrt(4.0 / 3) / 2), within(1e-9));
	}

	@Test
	void onePairBoundsNothing() {
		assertThat(Statistics.upperBound(List.of(1.0))).isInfinite();
	}

}
