/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoakClaimsTests {

	private static final String PREFIX = " 24315 --- [holdfast-sample] [ holdfast-leaks] ";

	@Test
	void warningsAndErrorsOfOursAreComplaints() {
		assertThat(SoakClaims.isOurs("2026-11-22T06:39:13.434Z  WARN" + PREFIX
				+ "dev.holdfast.leak.SuspicionLog           : 1 connection(s) of 'leaky'"))
			.isTrue();
		assertThat(SoakClaims.isOurs(
				"2026-11-22T06:39:13.434Z ERROR" + PREFIX + "d.h.client.leak.LeakRound                : 962 of 1000"))
			.isTrue();
	}

	@Test
	void whatOthersSayAndWhatIsSaidForInformationIsNot() {
		assertThat(SoakClaims
			.isOurs("2026-11-22T06:39:13.434Z  WARN" + PREFIX + "o.apache.catalina.core.StandardService   : slow"))
			.isFalse();
		assertThat(SoakClaims.isOurs("2026-11-22T06:39:13.434Z  INFO" + PREFIX
				+ "dev.holdfast.leak.SuspicionLog           : No connection of 'leaky'"))
			.isFalse();
	}

}
