/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.RunningApplication;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A service that calls another one, which waits for a peer that is silent.
 */
@Tag("B7")
@Tag("C3")
class DeadlineChainTests {

	private static final Duration BUDGET = Duration.ofSeconds(1);

	/** What is told is whole milliseconds, and the time to tell it comes on top. */
	private static final Duration EARLY = Duration.ofMillis(5);

	private static final Duration LATE = Duration.ofMillis(250);

	private static final Duration WORST = Duration.ofSeconds(10);

	private static final int ATTEMPTS = 10;

	@ParameterizedTest
	@CsvSource({ "TOMCAT, JETTY", "JETTY, TOMCAT" })
	void everythingIsOverWhenTheBudgetOfTheFirstIs(ServerKind first, ServerKind second) throws Exception {
		// The second has a minute of its own, and does not look whether its client is
		// there: only what it is told can end it so soon.
		try (RunningApplication called = start(second, "holdfast.deadline.request=60s",
				"holdfast.deadline.trusted=127.0.0.0/8,::1", "holdfast.disconnect.mode=off");
				RunningApplication calling = start(first, "holdfast.deadline.request=1s",
						"holdfast.client.budget-header=X-Request-Timeout-Ms");
				ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			silent.setSoTimeout((int) WORST.toMillis());
			Chain chain = pass(calling, called, silent);
			// a machine that does other things is late for reasons of its own
			for (int attempt = 1; attempt < ATTEMPTS && !chain.isInTime(); attempt++) {
				chain = pass(calling, called, silent);
			}
			assertThat(chain.isInTime()).as("%s", chain).isTrue();
			assertThat(called.running().size()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, JETTY", "JETTY, TOMCAT" })
	void plainBootWaitsForTheSilentPeerWhateverTheBudget(ServerKind first, ServerKind second) throws Exception {
		try (RunningApplication called = start(second, "holdfast.enabled=false");
				RunningApplication calling = start(first, "holdfast.enabled=false",
						"holdfast.client.budget-header=X-Request-Timeout-Ms", "holdfast.deadline.request=1s")) {
			CompletableFuture<HttpResponse<String>> answer;
			try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
				silent.setSoTimeout((int) WORST.toMillis());
				answer = calling.getAsync("/chain?port=" + called.port() + "&silent=" + silent.getLocalPort());
				try (Socket peer = silent.accept()) {
					peer.setSoTimeout((int) BUDGET.plus(LATE).toMillis());
					InputStream in = peer.getInputStream();
					assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::readAllBytes);
					assertThat(answer).isNotDone();
				}
			}
			// the second tries again: nobody may listen any more
			assertThat(answer).succeedsWithin(WORST);
		}
	}

	private static Chain pass(RunningApplication calling, RunningApplication called, ServerSocket silent)
			throws Exception {
		long exceeded = DeadlineTests.exceeded(called);
		long begin = System.nanoTime();
		CompletableFuture<Timed> answer = calling
			.getAsync("/chain?port=" + called.port() + "&silent=" + silent.getLocalPort())
			.thenApply((response) -> new Timed(response, System.nanoTime() - begin));
		try (Socket peer = silent.accept()) {
			RunningRequest ofFirst = only(calling);
			RunningRequest ofSecond = only(called);
			assertThat(ofSecond.lifetime().deadline().remaining()).as("as it was told").isLessThanOrEqualTo(BUDGET);
			long cut = cutAfter(peer, begin);
			Timed timed = answer.get(WORST.toMillis(), TimeUnit.MILLISECONDS);
			await().until(() -> ofSecond.isEnded() && ofFirst.isEnded());
			assertThat(ofSecond.lifetime().endReason()).isEqualTo(EndReason.DEADLINE);
			await().until(() -> DeadlineTests.exceeded(called) == exceeded + 1);
			Chain chain = new Chain(timed.response().statusCode(), Duration.ofNanos(timed.nanos()),
					Duration.ofNanos(cut));
			assertThat(chain.answered()).as("%s", chain).isBetween(BUDGET.minus(EARLY), WORST);
			assertThat(chain.cut()).as("%s", chain).isBetween(BUDGET.minus(EARLY), WORST);
			return chain;
		}
	}

	private static RunningRequest only(RunningApplication application) {
		List<RunningRequest> running = application.running().oldestFirst();
		assertThat(running).hasSize(1);
		return running.get(0);
	}

	private static long cutAfter(Socket peer, long begin) throws IOException {
		peer.setSoTimeout((int) WORST.toMillis());
		try {
			peer.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// cut, not closed
		}
		return System.nanoTime() - begin;
	}

	private static RunningApplication start(ServerKind kind, String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = "holdfast.deadline.mode=enforce";
		all[1] = "logging.level.dev.holdfast=ERROR";
		System.arraycopy(properties, 0, all, 2, properties.length);
		return RunningApplication.start(kind, DeadlineApplication.class, false, all);
	}

	/**
	 * An answer and when it came.
	 *
	 * @param response the answer
	 * @param nanos time since the request
	 */
	private record Timed(HttpResponse<String> response, long nanos) {
	}

	/**
	 * What was seen of one request.
	 *
	 * @param status status of the first service's answer
	 * @param answered when that came
	 * @param cut when the second service had given up the silent peer
	 */
	private record Chain(int status, Duration answered, Duration cut) {

		// The second may be a moment ahead: then it is its refusal that the first
		// answers.
		boolean isInTime() {
			Duration latest = BUDGET.plus(LATE);
			return this.status == 503 && this.answered.compareTo(latest) <= 0 && this.cut.compareTo(latest) <= 0;
		}

	}

}
