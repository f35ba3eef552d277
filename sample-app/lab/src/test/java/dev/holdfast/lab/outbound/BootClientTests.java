/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import dev.holdfast.lab.peer.Peer;
import dev.holdfast.lab.peer.Peers;
import org.junit.jupiter.api.Test;

import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

class BootClientTests {

	@Test
	void resolvesNamesOfTheLabWithAUsersResolver() throws Exception {
		assertThat(new LabResolver().resolve(LabResolver.FOUR_ADDRESSES)).hasSize(4);
		try (BootClient client = BootClient.plain(); Peer peer = Peers.keepAlive()) {
			ResponseEntity<String> answer = client.client()
				.get()
				.uri(peer.url(LabResolver.FOUR_ADDRESSES) + "/{id}", 1)
				.retrieve()
				.toEntity(String.class);
			assertThat(answer.getBody()).isEqualTo("ok");
		}
	}

	@Test
	void plainBootTriesEveryFailedCallOnceMore() throws InterruptedException {
		try (BootClient client = BootClient.plain(); Peer peer = Peers.unavailable()) {
			Storm storm = Storm.of(client.client(), peer, 3, 100);
			assertThat(storm.finished()).isTrue();
			assertThat(storm.retries()).isEqualTo(3);
		}
	}

}
