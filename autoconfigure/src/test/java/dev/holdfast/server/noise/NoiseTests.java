/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.holdfast.server.ServerKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients leave before they have their answer, and nobody hears of it but a counter.
 * Beside it: what Boot alone logs.
 */
@Tag("C10")
class NoiseTests {

	private static final List<String> DOWNLOADS = List.of("/bytes", "/json", "/resource", "/response", "/wrapped",
			"/view", "/template", "/streaming", "/streaming-wrapped", "/deferred", "/servlet/plain",
			"/servlet/wrapped");

	private static final List<String> UPLOADS = List.of("/upload", "/upload-stream");

	private static final long LEFT = DOWNLOADS.size() + 2L * UPLOADS.size();

	private static final List<String> OTHERS = List.of("/hello", "/nowhere", "/fault", "/other-peer",
			"/other-peer-wrapped");

	@ParameterizedTest
	@EnumSource
	void clientsThatLeaveAreCountedAndNoErrors(ServerKind kind) throws IOException {
		try (NoisyServer server = new NoisyServer(kind, "catch-all=true")) {
			leave(server);
			Awaitility.await().untilAsserted(() -> assertThat(counted(server)).isEqualTo(LEFT));
			staysQuiet(server);
			assertThat(counted(server)).isEqualTo(LEFT);
		}
	}

	@ParameterizedTest
	@EnumSource
	void bootAloneLogsThemAsErrors(ServerKind kind) throws IOException {
		try (NoisyServer server = new NoisyServer(kind, "catch-all=true", "holdfast.enabled=false")) {
			leave(server);
			Awaitility.await()
				.untilAsserted(() -> assertThat(server.log()).filteredOn((line) -> line.startsWith("ERROR"))
					.hasSizeGreaterThanOrEqualTo(UPLOADS.size() + DOWNLOADS.size() / 2));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsOnlyCountedIsLoggedAsBefore(ServerKind kind) throws IOException {
		try (NoisyServer server = new NoisyServer(kind, "catch-all=true", "holdfast.connection-noise.mode=observe")) {
			server.readAndLeave("/bytes");
			Awaitility.await().untilAsserted(() -> {
				assertThat(counted(server)).isEqualTo(1);
				assertThat(server.log()).anyMatch((line) -> line.startsWith("ERROR") && line.contains("Unexpected"));
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsTurnedOffCountsNothing(ServerKind kind) throws IOException {
		try (NoisyServer server = new NoisyServer(kind, "catch-all=true", "holdfast.connection-noise.mode=off")) {
			server.readAndLeave("/bytes");
			Awaitility.await().until(() -> !server.log().isEmpty());
			assertThat(counted(server)).isZero();
		}
	}

	// Jetty tells nobody but the thread that writes
	@Test
	void aFailedWriteOfAThreadThatIsNotTomcatsIsCounted() throws IOException {
		try (NoisyServer server = new NoisyServer(ServerKind.TOMCAT)) {
			server.readAndLeave("/own-thread");
			Awaitility.await().untilAsserted(() -> assertThat(counted(server)).isOne());
			staysQuiet(server);
			assertThat(counted(server)).isOne();
		}
	}

	// no matter how much they look like it: those are connections to other peers
	@ParameterizedTest
	@EnumSource
	void failuresOfOthersAreAnsweredAndLoggedAsBefore(ServerKind kind) throws IOException {
		for (boolean catchAll : new boolean[] { false, true }) {
			List<String> before = answers(kind, catchAll, false);
			assertThat(answers(kind, catchAll, true)).isEqualTo(before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aBodyThatEndsTooEarlyIsNoSuccess(ServerKind kind) throws IOException {
		try (NoisyServer server = new NoisyServer(kind)) {
			for (String path : UPLOADS) {
				assertThat(server.uploadHalfAndListen(path)).as(path).doesNotContain(" 200 ");
			}
		}
	}

	private static List<String> answers(ServerKind kind, boolean catchAll, boolean ours) throws IOException {
		try (NoisyServer server = new NoisyServer(kind, "catch-all=" + catchAll, "holdfast.enabled=" + ours)) {
			List<String> answers = new ArrayList<>();
			for (String path : OTHERS) {
				answers.add(stable(server.get(path)));
			}
			answers.addAll(server.log());
			if (ours) {
				assertThat(counted(server)).isZero();
			}
			return answers;
		}
	}

	private static String stable(String answer) {
		return answer.replaceAll("\"timestamp\":\"[^\"]*\"", "").replaceAll("(?i)\r\ndate: [^\r]*", "");
	}

	private static void leave(NoisyServer server) throws IOException {
		for (String path : DOWNLOADS) {
			server.readAndLeave(path);
		}
		for (String path : UPLOADS) {
			server.uploadAndLeave(path, false);
			server.uploadAndLeave(path, true);
		}
	}

	private static void staysQuiet(NoisyServer server) {
		Awaitility.await()
			.during(Duration.ofMillis(500))
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(server.log()).isEmpty());
	}

	private static long counted(NoisyServer server) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		server.bean(NoiseMetrics.class).bindTo(registry);
		return (long) Objects.requireNonNull(registry.find("holdfast.connection.noise"))
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

}
