/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

@ActiveProfiles("vanilla")
class LeakRoutesOfVanillaTests extends AbstractLeakRoutesTests {

	@Override
	void assertExhausted(UpstreamAnswer answer) {
		assertThat(answer.kind()).isNotNull();
		assertThat(answer.phase()).isNull();
	}

}
