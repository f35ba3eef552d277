/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamCallsTests {

	private static final String METER = "http_client_requests_seconds";

	@Test
	void failWithoutAGoodAnswer() {
		UpstreamCalls calls = UpstreamCalls.parse("""
				# TYPE %1$s summary
				%1$s_count{error="none",exception="none",outcome="SUCCESS",status="200",uri="/{scenario}"} 40
				%1$s_sum{error="none",exception="none",outcome="SUCCESS",status="200",uri="/{scenario}"} 1.5
				%1$s_count{error="none",exception="none",outcome="SERVER_ERROR",status="503",uri="/{scenario}"} 2
				%1$s_count{error="E",exception="E",outcome="UNKNOWN",status="CLIENT_ERROR",uri="/{scenario}"} 1
				%1$s_count{error="E",exception="E",outcome="SUCCESS",status="200",uri="/{scenario}"} 3
				http_server_requests_seconds_count{exception="none",outcome="SUCCESS",uri="/demo"} 100
				""".formatted(METER));
		assertThat(calls).isEqualTo(new UpstreamCalls(40, 6));
	}

	@Test
	void areNoneWithoutTheMeter() {
		assertThat(UpstreamCalls.parse("")).isEqualTo(new UpstreamCalls(0, 0));
	}

}
