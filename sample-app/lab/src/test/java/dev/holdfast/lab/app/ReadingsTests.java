/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadingsTests {

	@Test
	void processorTimeIsUserAndSystemTogether() {
		String stat = "4711 (a (strange) name) S 1 2 3 4 5 6 7 8 9 10 250 150 0 0 20 0 41 0 123";
		assertThat(ProcessCpu.parse(stat)).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void coresAreListedAsRanges() {
		assertThat(Cores.parse("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
	}

	@Test
	void limiterIsReadFromTheEndpoint() {
		String json = """
				{"limiters":{"server":{"mode":"enforce","algorithm":"fixed","limit":200,"inFlight":12,"queued":3,
				"maxQueued":60,"admitted":9241,"shed":{"limit":3},"routes":{"export":{"limit":4,"inFlight":1}}}}}""";
		assertThat(LimiterState.parse(json)).contains(new LimiterState(200, 12, 3, 9241));
		assertThat(LimiterState.parse("{}")).isEmpty();
	}

}
