/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoakReadingsTests {

	private static final String HEALTHY = """
			{"suspects":[],"reclaimed":[],"totals":{"leases":3,"suspected":{},"reclaimed":{"certain":0,"abandoned":0},
			"late":0},"findings":[],"pools":[]}""";

	private static final String SICK = """
			{"suspects":[{}],"reclaimed":[],"totals":{"leases":2,"suspected":{"abandoned":2},
			"reclaimed":{"certain":1,"abandoned":2},"late":4},"findings":[{"id":"leak-abandoned"}],"pools":[]}""";

	private final SoakReadings readings = new SoakReadings();

	@Test
	void ofAHealthyApplicationTellNothingOfSuspects() {
		this.readings.answered(2_000_000, 200, HEALTHY);
		assertThat(this.readings.answers()).isEqualTo(1);
		assertThat(this.readings.millis(50)).isBetween(1.9, 2.1);
		assertThat(this.readings.leases()).isEqualTo(3);
		assertThat(this.readings.suspected()).isEmpty();
		assertThat(this.readings.findings()).isEmpty();
		assertThat(this.readings.failed()).isZero();
		assertThat(this.readings.late() + this.readings.reclaimed()).isZero();
	}

	@Test
	void rememberWhatOneOfThemHasSeen() {
		SoakReadings other = new SoakReadings();
		other.answered(1_000_000, 200, SICK);
		other.answered(1_000_000, 200, HEALTHY);
		this.readings.answered(1_000_000, 200, HEALTHY);
		this.readings.add(other);
		assertThat(this.readings.answers()).isEqualTo(3);
		assertThat(this.readings.suspected()).isEqualTo(Map.of("abandoned", 2L));
		assertThat(this.readings.findings()).isEqualTo(Map.of("leak-abandoned", 1L));
		assertThat(this.readings.reclaimed()).isEqualTo(3);
		assertThat(this.readings.late()).isEqualTo(4);
	}

	@Test
	void countAnswersThatCannotBeUsed() {
		this.readings.answered(1_000_000, 503, "");
		this.readings.answered(1_000_000, 200, "{}");
		this.readings.answered(1_000_000, 200, "<html>");
		this.readings.failed("no answer");
		assertThat(this.readings.failed()).isEqualTo(4);
		assertThat(this.readings.failures()).containsEntry("status 503", 1L).containsEntry("no answer", 1L);
	}

}
