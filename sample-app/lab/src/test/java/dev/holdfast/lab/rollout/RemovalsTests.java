/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;

import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.scenario.Form;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RemovalsTests {

	private static final Duration LATEST = Duration.ofSeconds(8);

	@Test
	void comeAtRandomUpToTheLatest() {
		Removals removals = Removals.draw(1, 1000, LATEST);
		assertThat(removals.delays()).hasSize(1000)
			.allMatch((delay) -> !delay.isNegative() && delay.compareTo(LATEST) < 0)
			.anyMatch((delay) -> delay.compareTo(Duration.ofMillis(200)) < 0)
			.anyMatch((delay) -> delay.compareTo(Duration.ofMillis(7800)) > 0);
	}

	@Test
	void areTheSameForTheSameSeed() {
		assertThat(Removals.draw(7, 20, LATEST)).isEqualTo(Removals.draw(7, 20, LATEST))
			.isNotEqualTo(Removals.draw(8, 20, LATEST));
		assertThat(Removals.draw(7, 2, LATEST).toString()).matches("seed 7: [0-7]\\.[0-9] [0-7]\\.[0-9] s");
	}

	@Test
	void endBeforeAnInstanceDoes() {
		for (Form form : Form.values()) {
			Timing timing = Timing.of(form);
			for (Balancer balancer : Balancer.values()) {
				assertThat(timing.removal(balancer)).isLessThan(timing.delay());
			}
			assertThat(timing.delay().plus(timing.phase())).isLessThan(Timing.GRACE);
		}
	}

}
