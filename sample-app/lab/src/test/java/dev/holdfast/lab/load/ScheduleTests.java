/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	private static final Mix MIX = Mix.of("/");

	@Test
	void constantArrivalsAreEquallySpaced() {
		Schedule schedule = Schedule.of(List.of(Phase.constant("p", 100, Duration.ofSeconds(2))), MIX, 1);
		assertThat(schedule.size()).isEqualTo(200);
		assertThat(schedule.at(0)).isZero();
		assertThat(schedule.at(199)).isEqualTo(1_990_000_000L);
	}

	@Test
	void poissonArrivalsHaveTheRateAndTheSpreadOfIndependentClients() {
		Schedule schedule = Schedule.of(List.of(Phase.poisson("p", 1000, Duration.ofSeconds(20))), MIX, 7);
		assertThat(schedule.size()).isBetween(19_500, 20_500);
		double squares = 0;
		for (int i = 1; i < schedule.size(); i++) {
			double gap = (schedule.at(i) - schedule.at(i - 1)) / 1e6;
			squares += (gap - 1) * (gap - 1);
		}
		assertThat(Math.sqrt(squares / schedule.size())).isBetween(0.9, 1.1);
	}

	@Test
	void sameSeedGivesTheSameArrivals() {
		List<Phase> phases = List.of(Phase.poisson("p", 500, Duration.ofSeconds(1)));
		Schedule one = Schedule.of(phases, MIX, 3);
		Schedule two = Schedule.of(phases, MIX, 3);
		Schedule other = Schedule.of(phases, MIX, 4);
		assertThat(two.at(100)).isEqualTo(one.at(100));
		assertThat(other.at(100)).isNotEqualTo(one.at(100));
	}

	@Test
	void phasesFollowEachOther() {
		Schedule schedule = Schedule.of(
				List.of(Phase.constant("a", 10, Duration.ofSeconds(1)),
						Phase.constant("pause", 0, Duration.ofSeconds(1)), Phase.burst("b", 5, Duration.ofSeconds(1))),
				MIX, 1);
		assertThat(schedule.size()).isEqualTo(15);
		assertThat(schedule.at(10)).isEqualTo(2_000_000_000L);
		assertThat(schedule.at(14)).isEqualTo(2_000_000_000L);
		assertThat(schedule.phase(14)).isEqualTo(2);
		assertThat(schedule.end()).isEqualTo(3_000_000_000L);
	}

}
