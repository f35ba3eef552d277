/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The protocol that tells its sockets.
 */
class WatchedHttp11NioProtocolTests {

	@Test
	void tomcatCreatesItByName() throws Exception {
		assertThat(ProtocolHandler.create(WatchedHttp11NioProtocol.class.getName()))
			.isInstanceOfSatisfying(WatchedHttp11NioProtocol.class, (protocol) -> {
				assertThat(protocol.sockets()).isEmpty();
				assertThat(protocol.getName()).contains("http-nio");
			});
	}

	@Test
	void nativeImageCreatesItByName() throws NoSuchMethodException {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, TomcatAutoConfiguration.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(WatchedHttp11NioProtocol.class.getConstructor())).accepts(hints);
	}

}
