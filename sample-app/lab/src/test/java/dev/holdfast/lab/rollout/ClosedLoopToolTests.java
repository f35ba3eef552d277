/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ClosedLoopToolTests {

	private static final String WRK = """
			Running 10s test @ http://127.0.0.1:10000/demo/sleep?ms=20
			  1 threads and 16 connections
			  Thread Stats   Avg      Stdev     Max   +/- Stdev
			    Latency    20.66ms    1.02ms  31.56ms   95.31%
			  7712 requests in 10.01s, 1.09MB read
			""";

	private static final String H2LOAD = """
			finished in 10.00s, 771.40 req/s, 40.21KB/s
			requests: 7722 total, 7730 started, 7714 done, 7701 succeeded, 13 failed, 9 errored, 2 timeout
			status codes: 7700 2xx, 1 3xx, 0 4xx, 4 5xx
			""";

	@Test
	void wrkWithoutErrorsSaysNothingOfThem() throws IOException {
		assertThat(ClosedLoopTool.ofWrk(WRK)).isEqualTo(new Counts(7712, Map.of()));
	}

	@Test
	void errorsOfWrkAreRequestsToo() throws IOException {
		String errors = "  Socket errors: connect 1, read 22, write 0, timeout 3\n  Non-2xx or 3xx responses: 40\n";
		assertThat(ClosedLoopTool.ofWrk(WRK + errors)).isEqualTo(
				new Counts(7712 + 26, Map.of("wrk connect", 1L, "wrk read", 22L, "wrk timeout", 3L, "not 2xx", 40L)));
	}

	@Test
	void failuresOfH2loadAreCounted() throws IOException {
		assertThat(ClosedLoopTool.ofH2load(H2LOAD))
			.isEqualTo(new Counts(7714, Map.of("not 2xx", 1L, "h2load failed", 13L, "h2load timeout", 2L)));
	}

	@Test
	void whatIsNotUnderstoodIsNotASuccess() {
		assertThatIOException().isThrownBy(() -> ClosedLoopTool.ofWrk("unable to connect"))
			.withMessageContaining("unable to connect");
		assertThatIOException().isThrownBy(() -> ClosedLoopTool.ofH2load("requests: 1 total"));
	}

}
