/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.net.URI;

import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CostClientTests {

	@ParameterizedTest
	@EnumSource
	void everyClientKeepsItsConnection(CostClient client) throws Exception {
		try (Peer peer = Peers.keepAlive()) {
			CostClient.Call call = client.open();
			for (int i = 0; i < 3; i++) {
				call.check(URI.create(peer.url() + "/quotes/7"));
			}
			assertThat(peer.requests()).isEqualTo(3);
			assertThat(peer.connections()).isEqualTo(1);
		}
	}

}
