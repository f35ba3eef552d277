/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.junit.jupiter.api.Test;

import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

@ActiveProfiles("jetty")
class DemoRoutesOnJettyTests extends AbstractDemoRoutesTests {

	@Test
	void runsOnJetty() {
		assertThat(server()).contains("Jetty");
	}

}
