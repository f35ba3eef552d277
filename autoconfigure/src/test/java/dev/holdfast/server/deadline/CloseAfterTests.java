/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.RunningApplication;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of the connection of a handler that ignores its end.
 */
@Tag("C3")
@Tag("A3")
class CloseAfterTests {

	private static final Duration LIMIT = Duration.ofMillis(300);

	private static final Duration GRACE = Duration.ofMillis(400);

	@ParameterizedTest
	@EnumSource
	void theClientOfAHandlerThatIgnoresItsEndNeedNotWaitForIt(ServerKind kind) throws IOException {
		try (RunningApplication application = start(kind, "holdfast.deadline.close-after=400ms")) {
			long begin = System.nanoTime();
			try (Socket client = application.open("GET /parked HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
				client.setSoTimeout(20_000);
				assertThat(client.getInputStream().read()).isEqualTo(-1);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(LIMIT.plus(GRACE));
			assertThat(application.running().ghosts()).as("it keeps its place").isOne();
			assertThat(application.running().oldestFirst().get(0).lifetime().endReason()).isEqualTo(EndReason.DEADLINE);
			// the client sees the end before the thread that made it has counted it
			await().until(() -> closed(application) == 1);
			handlers(application).openGate();
			await().until(() -> application.running().size() == 0);
			assertThat(application.get("/fresh").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerThatIsOnItsWayArrives(ServerKind kind) throws IOException {
		try (RunningApplication application = start(kind, "holdfast.deadline.close-after=1ms");
				Socket client = application
					.open("GET /stream?ms=1200 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).contains("done");
			assertThat(closed(application)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void withoutTheSettingTheConnectionStaysOpen(ServerKind kind) throws IOException {
		try (RunningApplication application = start(kind);
				Socket client = application
					.open("GET /parked HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			await().until(() -> application.running().ghosts() == 1);
			await().pollDelay(GRACE.multipliedBy(2)).until(() -> application.running().ghosts() == 1);
			handlers(application).openGate();
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.contains("passed");
			assertThat(closed(application)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void plainBootLetsAClientWaitAsLongAsTheHandlerTakes(ServerKind kind) throws IOException {
		try (RunningApplication application = start(kind, "holdfast.enabled=false",
				"holdfast.deadline.close-after=400ms");
				Socket client = application
					.open("GET /parked HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			client.setSoTimeout((int) LIMIT.plus(GRACE).multipliedBy(2).toMillis());
			InputStream in = client.getInputStream();
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::read);
			assertThat(handlers(application).atGate()).isOne();
			handlers(application).openGate();
			assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).contains("passed");
		}
	}

	private static RunningApplication start(ServerKind kind, String... properties) {
		String[] all = new String[properties.length + 4];
		all[0] = "holdfast.deadline.mode=enforce";
		all[1] = "holdfast.deadline.request=300ms";
		all[2] = "holdfast.routes.fresh.pattern=/fresh";
		all[3] = "holdfast.routes.fresh.deadline=20s";
		System.arraycopy(properties, 0, all, 4, properties.length);
		return RunningApplication.start(kind, DeadlineApplication.class, false, all);
	}

	private static long closed(RunningApplication application) {
		return application.context().getBean(DeadlineCounts.class).closedCount();
	}

	private static DeadlineApplication.Handlers handlers(RunningApplication application) {
		return application.context().getBean(DeadlineApplication.Handlers.class);
	}

}
