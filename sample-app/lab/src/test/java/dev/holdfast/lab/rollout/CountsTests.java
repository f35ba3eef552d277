/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountsTests {

	@Test
	void everythingButASuccessIsAFailure() {
		Counts counts = Counts.of(100, 3, 2, Map.of(200, 80L, 204, 5L, 302, 1L, 404, 1L, 503, 8L));
		assertThat(counts.failures()).containsOnly(Map.entry("connection", 3L), Map.entry("late", 2L),
				Map.entry("status 302", 1L), Map.entry("status 404", 1L), Map.entry("status 503", 8L));
		assertThat(counts.failed()).isEqualTo(15);
		assertThat(counts)
			.hasToString("15 of 100 failed " + "{connection=3, late=2, status 302=1, status 404=1, status 503=8}");
	}

	@Test
	void aRequestThatNobodyHasAccountedForHasFailed() {
		assertThat(Counts.of(10, 0, 0, Map.of(200, 9L)).failures()).containsOnly(Map.entry("unaccounted", 1L));
	}

	@Test
	void addUpByKind() {
		Counts sum = Counts.of(10, 1, 0, Map.of(200, 9L)).plus(Counts.of(5, 2, 1, Map.of(200, 2L)));
		assertThat(sum).isEqualTo(new Counts(15, Map.of("connection", 3L, "late", 1L)));
	}

	@Test
	void saySoWhereNothingFailed() {
		assertThat(Counts.of(7, 0, 0, Map.of(200, 7L))).hasToString("0 of 7 failed");
	}

}
