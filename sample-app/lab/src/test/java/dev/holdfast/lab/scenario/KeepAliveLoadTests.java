/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import dev.holdfast.lab.nginx.InstalledNginx;
import dev.holdfast.lab.nginx.Nginx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeepAliveLoadTests {

	private static final KeepAlivePause SHORT = new KeepAlivePause(Duration.ofMillis(40), Duration.ofMillis(20));

	@ParameterizedTest
	@EnumSource
	void clientsOfEveryVariantKeepTheirConnections(KeepAliveVariant variant) throws Exception {
		try (Nginx server = Nginx.start(InstalledNginx.program(), Duration.ofMinutes(1), 3);
				KeepAliveLoad load = KeepAliveLoad.start(variant, server, 3, 4, SHORT)) {
			KeepAliveResult result = load.await();
			assertThat(result.isPerfect()).isTrue();
			assertThat(result.sent()).isEqualTo(12);
			assertThat(result.kept()).isEqualTo(9);
		}
	}

	@Test
	void whatIsNotAnsweredHasFailed() throws IOException, InterruptedException {
		Nginx server = Nginx.start(InstalledNginx.program(), Duration.ofMinutes(1), 2);
		server.close();
		try (KeepAliveLoad load = KeepAliveLoad.start(KeepAliveVariant.VANILLA, server, 2, 3, SHORT)) {
			KeepAliveResult result = load.await();
			assertThat(result.isPerfect()).isFalse();
			assertThat(result.failed()).isEqualTo(6);
			assertThat(result.failures()).isEqualTo(Map.of("refused", 6L));
		}
	}

	@Test
	void pausesAreAboutAsLongAsTheServerWaits() {
		KeepAlivePause pause = new KeepAlivePause(Duration.ofSeconds(5), Duration.ofMillis(100));
		int close = 0;
		for (int i = 0; i < 1_000; i++) {
			Duration next = pause.next();
			assertThat(next).isBetween(Duration.ofMillis(4_900), pause.longest());
			close += (next.minusSeconds(5).abs().toMillis() < 10) ? 1 : 0;
		}
		assertThat(close).isBetween(400, 700);
	}

}
