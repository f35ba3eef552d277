/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;

import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that clients have to the server.
 */
class ConnectionCountTests {

	@ParameterizedTest
	@EnumSource
	void openConnectionsAreCounted(ServerKind kind) throws IOException {
		try (RunningApplication application = RunningApplication.start(kind, bound(kind))) {
			assertThat(uses(application)).singleElement().satisfies((use) -> {
				assertThat(use.kind()).isEqualTo("server");
				assertThat(use.name()).contains(Integer.toString(application.port())).doesNotContain("\"");
				assertThat(use.active()).isZero();
				assertThat(use.max()).isEqualTo(77);
			});
			try (Socket one = application.open(""); Socket two = application.open("")) {
				await(application, 2);
				assertThat(one.getPort()).isEqualTo(two.getPort());
			}
			await(application, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void managementServerHasARowOfItsOwn(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "management.server.port=0")) {
			assertThat(uses(application)).hasSize(2).extracting(PoolUse::name).doesNotHaveDuplicates();
		}
	}

	private static String bound(ServerKind kind) {
		return "server." + kind.name().toLowerCase(Locale.ROOT) + ".max-connections=77";
	}

	private static void await(RunningApplication application, int active) {
		Awaitility.await().until(() -> uses(application).get(0).active(), (count) -> count == active);
	}

	private static List<PoolUse> uses(RunningApplication application) {
		return application.context()
			.getBeanProvider(PoolSource.class)
			.stream()
			.flatMap((source) -> source.pools().stream())
			.toList();
	}

}
