/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import dev.holdfast.lab.load.Mix;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SoakMixTests {

	@Test
	void asksForAsManySlowAnswersAtEveryRate() {
		assertThat(perSecond(SoakMix.at(100), "/demo/query?ms=1000")).isEqualTo(1);
		assertThat(perSecond(SoakMix.at(1000), "/demo/query?ms=1000")).isEqualTo(1);
	}

	@Test
	void isAsMuchAsItIsToldToBe() {
		assertThat(SoakMix.at(300).targets().stream().mapToDouble(Mix.Target::weight).sum()).isEqualTo(300,
				within(1e-6));
	}

	private static double perSecond(Mix mix, String path) {
		return mix.targets()
			.stream()
			.filter((target) -> target.path().equals(path))
			.mapToDouble(Mix.Target::weight)
			.sum();
	}

}
