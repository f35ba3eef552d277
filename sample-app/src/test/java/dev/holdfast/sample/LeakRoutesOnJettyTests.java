/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

@ActiveProfiles("jetty")
class LeakRoutesOnJettyTests extends AbstractLeakRoutesTests {

	@Override
	void assertExhausted(UpstreamAnswer answer) {
		assertThat(answer.kind()).isEqualTo("pool-exhausted");
		assertThat(answer.phase()).isEqualTo("lease");
	}

}
