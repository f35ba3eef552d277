/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B3")
class TargetStatsTests {

	private final TargetStats stats = new TargetStats("http://localhost:80");

	@Test
	void aConnectionThatIsGoneForNoOtherReasonHasExpired() {
		this.stats.opened();
		this.stats.opened();
		this.stats.opened();
		this.stats.closed(CloseReason.FAILED);
		assertThat(this.stats.closedCount(CloseReason.EXPIRED, () -> 1)).isOne();
		assertThat(this.stats.closedCount(CloseReason.FAILED, () -> 1)).isOne();
	}

	@Test
	void aConnectionThatIsOpenedMeanwhileHasNotExpired() {
		assertThat(this.stats.closedCount(CloseReason.EXPIRED, () -> {
			this.stats.opened();
			return 0;
		})).isZero();
		assertThat(this.stats.closedCount(CloseReason.EXPIRED, () -> 1)).isZero();
	}

	@Test
	void theCountNeverFalls() {
		this.stats.opened();
		assertThat(this.stats.closedCount(CloseReason.EXPIRED, () -> 0)).isOne();
		assertThat(this.stats.closedCount(CloseReason.EXPIRED, () -> 1)).isOne();
	}

}
