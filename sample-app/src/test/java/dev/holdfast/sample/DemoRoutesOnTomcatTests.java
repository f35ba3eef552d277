/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DemoRoutesOnTomcatTests extends AbstractDemoRoutesTests {

	@Test
	void runsOnTomcat() {
		assertThat(server()).contains("Tomcat");
	}

}
