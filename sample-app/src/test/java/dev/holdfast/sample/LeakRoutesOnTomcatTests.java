/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;

class LeakRoutesOnTomcatTests extends AbstractLeakRoutesTests {

	@Override
	void assertExhausted(UpstreamAnswer answer) {
		assertThat(answer.kind()).isEqualTo("pool-exhausted");
		assertThat(answer.phase()).isEqualTo("lease");
	}

}
