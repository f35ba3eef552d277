/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HolderTests {

	@Test
	void holdsUntilItLetsGo() throws Exception {
		try (Holder holder = new Holder(); Caller caller = new Caller(URI.create(holder.url()).getPort())) {
			assertThat(caller.get().head()).contains("200 OK").contains("chunked");
			assertThat(holder.awaitHeld(1, Duration.ofSeconds(5))).isTrue();
			assertThat(caller.read(18)).isEqualTo("4\r\nmore\r\n4\r\nmore\r\n");
			holder.letGo(1);
			assertThat(caller.head()).endsWith("0\r\n\r\n");
		}
	}

	@Test
	void knowsThatNobodyCame() throws InterruptedException {
		try (Holder holder = new Holder()) {
			assertThat(holder.awaitHeld(1, Duration.ofMillis(50))).isFalse();
		}
	}

}
