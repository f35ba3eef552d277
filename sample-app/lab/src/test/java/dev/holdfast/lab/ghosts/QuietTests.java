/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietTests {

	private final Watch.Quiet quiet = new Watch.Quiet();

	@Test
	void countsFromTheFirstLookThatSawNothing() {
		this.quiet.see(false, 0.1);
		this.quiet.see(true, 0.2);
		this.quiet.see(true, 0.3);
		assertThat(this.quiet.since()).isEqualTo(0.2);
	}

	@Test
	void workThatComesBackWasNotOver() {
		this.quiet.see(true, 0.1);
		this.quiet.see(false, 0.2);
		assertThat(this.quiet.since()).isNegative();
		this.quiet.see(true, 0.3);
		assertThat(this.quiet.since()).isEqualTo(0.3);
	}

	@Test
	void whoHasNotLookedKnowsNothing() {
		assertThat(this.quiet.since()).isNegative();
	}

}
