/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.Pools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.mockito.MockedStatic;
import org.mockito.Mockito;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A version of HttpClient whose builders cannot be read: clients stay as Boot builds
 * them, and it is said.
 */
@Tag("B1")
class UnreadableBuilderTests {

	@Test
	void whatCannotBeReadIsLeftAsBootBuildsIt() {
		try (MockedStatic<BuilderAccess> access = Mockito.mockStatic(BuilderAccess.class, Answers.CALLS_REAL_METHODS);
				Peer peer = Peer.answering(Peer.OK)) {
			access.when(BuilderAccess::isReadable).thenReturn(false);
			try (Bounded app = Bounded.with()) {
				assertThat(app.bean(ClientHttpRequestFactoryBuilder.class))
					.isExactlyInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class);
				assertThat(app.get(peer.url())).isEqualTo("ok");
				assertThat(app.bean(Pools.class).all()).isEmpty();
				assertThat(app.findings()).containsExactly("client-unreadable-builder");
			}
		}
	}

}
