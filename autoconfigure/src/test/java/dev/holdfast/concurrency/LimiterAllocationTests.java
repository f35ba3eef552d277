/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("F1")
class LimiterAllocationTests {

	private static final int TIMES = 10_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@ParameterizedTest
	@CsvSource({ "ENFORCE, 1", "ENFORCE, 0", "OBSERVE, 1" })
	void askingAllocatesNothingWhileNobodyWaits(Mode mode, int held) {
		Limiter limiter = new Limiter(new LimiterSettings(mode, 1, 0, Duration.ZERO, 1),
				Map.of("export", new LaneSettings(1, Priority.BULK, null)), Ticker.system());
		Lane lane = Lanes.of(limiter, "export");
		for (int i = 0; i < held; i++) {
			limiter.admit(lane, Lifetime.current());
		}
		ask(limiter, lane);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		ask(limiter, lane);
		long allocated = this.threads.getCurrentThreadAllocatedBytes() - before;
		assertThat(allocated).as("bytes for " + TIMES + " requests").isLessThan(TIMES);
	}

	private static void ask(Limiter limiter, Lane lane) {
		for (int i = 0; i < TIMES; i++) {
			if (limiter.admit(lane, Lifetime.current()) == Admission.Admitted.INSTANCE) {
				limiter.release(lane);
			}
		}
	}

}
