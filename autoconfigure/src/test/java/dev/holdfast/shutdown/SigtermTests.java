/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D2")
@DisabledOnOs(OS.WINDOWS)
class SigtermTests {

	private static final int TERMINATED = 128 + 15;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void afterSigtermEverythingIsServedForTheDelayAndASecondOneChangesNothing() throws Exception {
		try (EndingProcess process = EndingProcess.start("--holdfast.shutdown.delay=3s")) {
			int port = Integer.parseInt(process.awaitLine("ready"));
			assertThat(EndingProcess.status(port)).isEqualTo(200);
			long begin = System.nanoTime();
			process.terminate();
			while (elapsed(begin).compareTo(Duration.ofSeconds(1)) < 0) {
				assertThat(EndingProcess.status(port)).isEqualTo(200);
			}
			process.terminate();
			while (elapsed(begin).compareTo(Duration.ofSeconds(2)) < 0) {
				assertThat(EndingProcess.status(port)).isEqualTo(200);
			}
			assertThat(process.exitCode(PATIENCE)).isEqualTo(TERMINATED);
			assertThat(elapsed(begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
		}
	}

	@Test
	void sigtermDuringTheStartDoesNotWait() throws Exception {
		try (EndingProcess process = EndingProcess.start("--holdfast.shutdown.delay=5m", "--test.slow-start=true")) {
			process.awaitLine("starting");
			process.terminate();
			assertThat(process.exitCode(PATIENCE)).isEqualTo(TERMINATED);
		}
	}

	@Test
	void jobThatEndsByItselfDoesNotWait() throws Exception {
		try (EndingProcess process = EndingProcess.start("--holdfast.shutdown.delay=5m", "--test.job=true")) {
			assertThat(process.exitCode(PATIENCE.multipliedBy(2))).isZero();
		}
	}

	private static Duration elapsed(long begin) {
		return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
	}

}
