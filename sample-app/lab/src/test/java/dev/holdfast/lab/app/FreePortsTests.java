/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FreePortsTests {

	@Test
	void liesOutsideOfWhatOutgoingConnectionsTake() throws IOException {
		for (int i = 0; i < 50; i++) {
			assertThat(FreePorts.next()).isBetween(1024, 32_767);
		}
	}

	@Test
	void isGivenOnce() throws IOException {
		Set<Integer> given = new HashSet<>();
		for (int i = 0; i < 50; i++) {
			assertThat(given.add(FreePorts.next())).isTrue();
		}
	}

	@Test
	void isNotOneThatSomebodyListensOn() throws IOException {
		int port = FreePorts.next();
		try (ServerSocket taken = new ServerSocket(port + 1)) {
			assertThat(FreePorts.next()).isNotEqualTo(taken.getLocalPort());
		}
	}

}
