/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("A4")
class GrowthAllocationTests {

	private static final int TIMES = 10_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ManualTicker ticker = new ManualTicker();

	private final Growth growth = new Growth(this.ticker);

	@Test
	void aSampleAllocatesNothingWhileNothingRises() {
		Duration step = Duration.ofSeconds(10);
		sample(step);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		sample(step);
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("bytes for " + TIMES + " samples").isLessThan(TIMES);
	}

	private void sample(Duration step) {
		for (int i = 0; i < TIMES; i++) {
			this.growth.sample(Resource.LEASES, i % 17, i);
			this.ticker.advance(step);
		}
	}

}
