/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.holdfast.inflight.Phase;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Work that requests hand to other threads.
 */
@Tag("A7")
@Tag("F2")
class MvcTaskTests {

	@ParameterizedTest
	@EnumSource
	void resultsThatAnotherThreadWorksOutAndTheirDispatchSeeTheLifetimeOfTheirRequest(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, List.of())) {
			assertThat(server.get("/future").body()).isEqualTo("done");
			assertThat(server.get("/callable").body()).isEqualTo("same");
			assertThat(server.gate().dispatches).containsExactly("same", "same");
			assertThat(server.get("/web-async").body()).isEqualTo("same");
			assertThat(server.get("/stream").body()).isEqualTo("same");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingStaysOnTheWorkerForTheNextTask(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, TaskServer.ONE_THREAD)) {
			for (int round = 0; round < 20; round++) {
				assertThat(server.get("/callable").body()).isEqualTo("same");
				assertThat(server.get("/worker").body()).isEqualTo("none");
				assertThat(server.get("/failing").statusCode()).isEqualTo(409);
				assertThat(server.get("/worker").body()).isEqualTo("none");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void otherTasksSeeItOnlyWhereTheyAreToldTo(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, List.of())) {
			assertThat(server.get("/worker").body()).isEqualTo("none");
			assertThat(server.get("/computed").body()).isEqualTo("none");
		}
		try (TaskServer server = TaskServer.start(kind, List.of(), "holdfast.executor.propagate-lifetime=true")) {
			assertThat(server.get("/worker").body()).isEqualTo("same");
			assertThat(server.get("/computed").body()).isEqualTo("same");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aMailThatIsSentAfterTheResponseIsSent(ServerKind kind) {
		for (String propagate : List.of("false", "true")) {
			try (TaskServer server = TaskServer.start(kind, List.of(),
					"holdfast.executor.propagate-lifetime=" + propagate)) {
				assertThat(server.get("/mail").body()).isEqualTo("accepted");
				await().untilAsserted(() -> assertThat(server.running().size()).isZero());
				server.gate().opened.countDown();
				await().untilAsserted(() -> assertThat(server.gate().mails).containsExactly("sent"));
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTaskThatIsRefusedIsAnsweredWithARetryLater(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, TaskServer.TINY)) {
			fill(server);
			for (String path : List.of("/mail", "/callable", "/computed")) {
				HttpResponse<String> refused = server.get(path);
				assertThat(refused.statusCode()).as(path).isEqualTo(503);
				assertThat(refused.headers().firstValue("Retry-After"))
					.hasValueSatisfying((seconds) -> assertThat(Integer.parseInt(seconds)).isBetween(1, 3));
				assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
				assertThat(refused.body()).contains(ExecutorDefaults.QUEUE_KEY);
			}
			assertThat(server.counts().refused()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatTheApplicationMakesOfARefusalStays(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, TaskServer.TINY)) {
			fill(server);
			assertThat(server.get("/handled").statusCode()).isEqualTo(429);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRequestThatWaitedTooLongForAThreadIsAnswered(ServerKind kind) {
		try (TaskServer server = TaskServer.start(kind, TaskServer.ONE_THREAD,
				"holdfast.executor.max-queue-age=100ms")) {
			CompletableFuture<HttpResponse<String>> blocked = begin(server, "/blocked");
			CompletableFuture<HttpResponse<String>> late = begin(server, "/callable");
			RunningRequest request = request(server, "/callable");
			await().until(() -> server.running().age(request).compareTo(Duration.ofMillis(300)) > 0);
			server.gate().opened.countDown();
			assertThat(blocked.join().statusCode()).isEqualTo(200);
			assertThat(late.join().statusCode()).isEqualTo(503);
			assertThat(late.join().body()).contains(ExecutorValidation.MAX_QUEUE_AGE_KEY);
			assertThat(server.counts().lateBy(LateReason.AGE)).isOne();
			assertThat(server.get("/callable").body()).isEqualTo("same");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRequestThatEndedBeforeItsTurnIsAnsweredAndNotWorkedOut(ServerKind kind) {
		for (String propagate : List.of("false", "true")) {
			try (TaskServer server = TaskServer.start(kind, TaskServer.ONE_THREAD,
					"holdfast.executor.propagate-lifetime=" + propagate)) {
				CompletableFuture<HttpResponse<String>> blocked = begin(server, "/blocked");
				CompletableFuture<HttpResponse<String>> ended = begin(server, "/callable");
				request(server, "/callable").cancel(EndReason.DEADLINE);
				server.gate().opened.countDown();
				assertThat(blocked.join().statusCode()).isEqualTo(200);
				assertThat(ended.join().statusCode()).isEqualTo(503);
				assertThat(server.counts().lateBy(LateReason.ENDED)).isOne();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void plainBootWorksOutWhatNobodyWaitsForAndHoldfastDoesNot(ServerKind kind) throws IOException {
		try (TaskServer server = TaskServer.start(kind, TaskServer.ONE_THREAD, "holdfast.enabled=false")) {
			leaveTheQueue(server);
			server.gate().opened.countDown();
			await().untilAsserted(() -> assertThat(server.gate().worked).hasValue(1));
		}
		try (TaskServer server = TaskServer.start(kind, TaskServer.ONE_THREAD)) {
			leaveTheQueue(server);
			await().until(() -> server.running()
				.oldestFirst()
				.stream()
				.noneMatch((request) -> "/work".equals(request.route()) && request.lifetime().endReason() == null));
			server.gate().opened.countDown();
			await().untilAsserted(() -> assertThat(server.counts().lateBy(LateReason.ENDED)).isOne());
			assertThat(server.get("/callable").body()).isEqualTo("same");
			assertThat(server.gate().worked).hasValue(0);
		}
	}

	/** One task runs, and the client of the one that waits leaves. */
	private static void leaveTheQueue(TaskServer server) throws IOException {
		assertThat(server.begin("/blocked")).isNotDone();
		await().until(() -> server.pool().getActiveCount() == 1);
		Socket client = server.ask("/work");
		await().until(() -> server.pool().getQueue().size() == 1);
		client.close();
	}

	/** One task runs and one waits. */
	private static void fill(TaskServer server) {
		assertThat(begin(server, "/blocked")).isNotDone();
		assertThat(begin(server, "/callable")).isNotDone();
	}

	private static CompletableFuture<HttpResponse<String>> begin(TaskServer server, String path) {
		CompletableFuture<HttpResponse<String>> answer = server.begin(path);
		await().until(() -> server.running()
			.oldestFirst()
			.stream()
			.anyMatch((request) -> path.equals(request.route()) && request.phase() == Phase.ASYNC));
		return answer;
	}

	private static RunningRequest request(TaskServer server, String path) {
		return server.running()
			.oldestFirst()
			.stream()
			.filter((request) -> path.equals(request.route()))
			.findFirst()
			.orElseThrow();
	}

}
