/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.holdfast.server.LeavingApplication.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to requests whose clients leave.
 */
@Tag("A3")
@Tag("G7")
@ExtendWith(OutputCaptureExtension.class)
class DisconnectTests {

	private static final Duration AT_ONCE = Duration.ofSeconds(1);

	private static final Duration A_WHILE = Duration.ofMillis(700);

	static Stream<Arguments> departures() {
		return Arrays.stream(ServerKind.values())
			.flatMap((kind) -> Arrays.stream(Departure.values()).map((departure) -> Arguments.of(kind, departure)));
	}

	@ParameterizedTest
	@MethodSource("departures")
	void requestIsEndedWhenItsClientLeaves(ServerKind kind, Departure departure, TestReporter reporter,
			CapturedOutput output) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			assertThat(visit.reason()).isNull();
			long left = System.nanoTime();
			departure.leave(connection.socket());
			Duration latency = visit.endedAfter(left);
			reporter.publishEntry(kind + " " + departure, latency.toNanos() / 1_000 + " us");
			assertThat(latency).isLessThan(AT_ONCE);
			Awaitility.await().until(() -> application.application().running().size() == 0);
			Awaitility.await().untilAsserted(() -> assertThat(application.detected()).isOne());
			Awaitility.await().untilAsserted(() -> assertThat(application.cancelled()).isOne());
			assertThat(output).doesNotContain("Exception", "ERROR", "WARN");
		}
	}

	@ParameterizedTest
	@MethodSource("departures")
	void clientThatLeftBeforeIsNoticedWhenTheWatchBegins(ServerKind kind, Departure departure) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.begun("a");
			departure.leave(connection.socket());
			// a request may be registered a moment before its handler begins
			assertThat(visit.endedAtAge()).isBetween(LeavingApplication.DETECT_AFTER.dividedBy(2),
					LeavingApplication.DETECT_AFTER.plus(AT_ONCE));
		}
	}

	@ParameterizedTest
	@EnumSource
	void nextRequestThatWaitsOnTheConnectionDoesNoHarm(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			connection.ask("/hello");
			Visit visit = application.watched("a");
			assertThatItGoesOn(visit);
			application.visits().open();
			assertThat(connection.answer().body()).isEqualTo("stayed");
			assertThat(connection.answer().body()).isEqualTo("hello");
			assertThat(application.detected()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void clientThatLeavesBehindItsNextRequestIsNoticed(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect();
				RawConnection other = application.connect()) {
			connection.ask("/stay/a");
			connection.ask("/hello");
			other.ask("/stay/b");
			other.ask("/hello");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			visit.endedAfter(System.nanoTime());
			Visit reset = application.watched("b");
			Departure.RESET.leave(other.socket());
			reset.endedAfter(System.nanoTime());
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyRequestOfAConnectionIsWatched(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			for (int i = 0; i < 3; i++) {
				assertThat(connection.get("/nap?ms=" + (LeavingApplication.DETECT_AFTER.toMillis() + 100)).isOk())
					.isTrue();
			}
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			visit.endedAfter(System.nanoTime());
			Awaitility.await().untilAsserted(() -> assertThat(application.detected()).isOne());
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatChangesSomethingRunsOnAndIsCounted(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.send("POST /stay/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			Awaitility.await().until(() -> application.detected() == 1);
			assertThatItGoesOn(visit);
			assertThat(application.cancelled()).isZero();
			application.visits().open();
			Awaitility.await().until(visit::hasLeft);
		}
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void requestThatMayBeEndedIsEndedBehindItsBody(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.send("POST /ask/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			visit.endedAfter(System.nanoTime());
			Awaitility.await().untilAsserted(() -> assertThat(application.cancelled()).isOne());
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyThatComesSlowlyIsNotTakenForAnEnd(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, "holdfast.disconnect.cancel=all");
				RawConnection connection = application.connect()) {
			connection.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\n");
			for (int i = 0; i < 12; i++) {
				Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
				connection.send("x");
			}
			assertThat(connection.answer().body()).isEqualTo("12");
			assertThat(application.detected()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void halfCloseIsIgnoredOnDemandAndAResetIsNot(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, "holdfast.disconnect.half-close=ignore");
				RawConnection half = application.connect();
				RawConnection reset = application.connect()) {
			half.ask("/stay/half");
			reset.ask("/stay/reset");
			Visit visit = application.watched("half");
			half.socket().shutdownOutput();
			Departure.RESET.leave(reset.socket());
			application.begun("reset").endedAfter(System.nanoTime());
			assertThatItGoesOn(visit);
			application.visits().open();
			assertThat(half.answer().body()).isEqualTo("stayed");
			Awaitility.await().untilAsserted(() -> assertThat(application.detected()).isOne());
		}
	}

	@ParameterizedTest
	@EnumSource
	void observedOnlyItRunsOnAndIsCounted(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, "holdfast.disconnect.mode=observe");
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			Awaitility.await().until(() -> application.detected() == 1);
			Awaitility.await().untilAsserted(() -> assertThat(application.cancelled()).isOne());
			assertThatItGoesOn(visit);
		}
	}

	@ParameterizedTest
	@EnumSource
	void switchedOffNobodyLooks(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, "holdfast.disconnect.mode=off");
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			assertThatItGoesOn(visit);
			assertThat(application.detected()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void plainBootWorksForAClientThatHasLeft(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind, "holdfast.enabled=false");
				RawConnection connection = application.connect()) {
			connection.ask("/stay/a");
			Visit visit = application.watched("a");
			Departure.RESET.leave(connection.socket());
			assertThatItGoesOn(visit);
			assertThat(visit.hasLeft()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void asynchronousRequestIsEndedToo(ServerKind kind, CapturedOutput output) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/stay-async/a");
			Visit visit = application.watched("a");
			Departure.CLOSE.leave(connection.socket());
			visit.endedAfter(System.nanoTime());
			Awaitility.await().until(() -> application.application().running().size() == 0);
			assertThat(output).doesNotContain("Exception", "ERROR", "WARN");
		}
	}

	@ParameterizedTest
	@EnumSource
	void clientThatLeavesWithItsAnswerDoesNotEndWhatFollows(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/answer-first/a");
			assertThat(connection.answer().body()).isEqualTo("answer");
			Departure.CLOSE.leave(connection.socket());
			assertThatItGoesOn(application.begun("a"));
			assertThat(application.detected()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void eventStreamIsLeftAlone(ServerKind kind) throws IOException {
		try (LeavingApplication application = LeavingApplication.start(kind);
				RawConnection connection = application.connect()) {
			connection.ask("/events");
			assertThat(connection.head()).contains("text/event-stream");
			Awaitility.await().pollDelay(A_WHILE).until(() -> true);
			Departure.CLOSE.leave(connection.socket());
			Awaitility.await().during(A_WHILE).untilAsserted(() -> {
				assertThat(application.application().running().size()).isOne();
				assertThat(application.detected()).isZero();
			});
		}
	}

	private static void assertThatItGoesOn(Visit visit) {
		Awaitility.await().during(A_WHILE).atMost(A_WHILE.plus(A_WHILE)).until(() -> visit.reason() == null);
	}

	/**
	 * Ways to leave.
	 */
	enum Departure {

		CLOSE {
			@Override
			void leave(Socket socket) throws IOException {
				socket.close();
			}
		},

		RESET {
			@Override
			void leave(Socket socket) throws IOException {
				socket.setSoLinger(true, 0);
				socket.close();
			}
		},

		HALF_CLOSE {
			@Override
			void leave(Socket socket) throws IOException {
				socket.shutdownOutput();
			}
		};

		abstract void leave(Socket socket) throws IOException;

	}

}
