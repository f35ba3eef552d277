/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StormResultTests {

	private static final String ERROR = "java.net.BindException: Cannot assign requested address";

	@Test
	void isTheSameOnTheOtherSide() {
		StormResult failed = new StormResult(64, 53, 64, 2236, 0.98, ERROR);
		StormResult fine = new StormResult(96, -1, -1, 0, 0.2, "");
		assertThat(StormResult.of(failed.line())).isEqualTo(failed);
		assertThat(StormResult.of(fine.line())).isEqualTo(fine);
	}

	@Test
	void isAnnouncedInTimeBeforeThePortsRanOut() {
		assertThat(new StormResult(64, 53, 64, 2236, 0.98, ERROR).isAnnouncedInTime()).isTrue();
	}

	@Test
	void isNotAnnouncedInTimeWhenNobodyToldOrNothingFailedOrOfAnotherReason() {
		assertThat(new StormResult(64, -1, 64, 0, 1, ERROR).isAnnouncedInTime()).isFalse();
		assertThat(new StormResult(96, 53, -1, 0, 0.9, "").isAnnouncedInTime()).isFalse();
		assertThat(new StormResult(60, 53, 60, 900, 0.9, "java.net.ConnectException: refused").isAnnouncedInTime())
			.isFalse();
	}

}
