/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the second run of CI honest: it shall be on the JDK, and with the threads, that
 * its name says.
 */
@EnabledIfSystemProperty(named = "holdfast.ci.expected-java", matches = "\\d+")
class RuntimeTests {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private final int expected = Integer.getInteger("holdfast.ci.expected-java", 0);

	@Test
	void runsOnTheExpectedJava() {
		assertThat(Runtime.version().feature()).as("Java feature version").isEqualTo(this.expected);
	}

	@Test
	void runsWithVirtualThreadsWhereThereAreAny() {
		String virtualThreads = System.getenv("SPRING_THREADS_VIRTUAL_ENABLED");
		if (this.expected >= FIRST_WITH_VIRTUAL_THREADS) {
			assertThat(virtualThreads).as("SPRING_THREADS_VIRTUAL_ENABLED").isEqualTo("true");
		}
	}

}
