/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests that calculate on virtual threads wait for a processor, where no limit sees
 * them.
 */
@Tag("C1")
class SchedulingDelayTests {

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	// two and a half seconds of work on two processors
	private static final int REQUESTS = 100;

	private static final String WORK = "/burn?ms=50";

	@ParameterizedTest
	@EnumSource
	@EnabledForJreRange(min = JRE.JAVA_21)
	void plainBootLetsAllWait(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, VIRTUAL, "holdfast.enabled=false")) {
			assertThat(answers(application)).allSatisfy((answer) -> assertThat(answer.statusCode()).isEqualTo(200));
		}
	}

	// Jetty keeps threads in reserve and wakes them: how long one waits then is not known
	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void thoseThatHaveWaitedForLongAreRefusedOnTomcat() {
		try (RunningApplication application = RunningApplication.start(ServerKind.TOMCAT, VIRTUAL)) {
			List<HttpResponse<String>> answers = answers(application);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 503)
				.hasSizeGreaterThan(REQUESTS / 4)
				.allSatisfy((answer) -> assertThat(answer.headers().firstValue("X-Shed-Reason")).hasValue("timeout"));
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 200).hasSizeGreaterThan(REQUESTS / 20);
			// a client has its answer before the permit is given back
			await().untilAsserted(() -> assertThat(application.limiter().inFlight()).isZero());
		}
	}

	@Test
	void aTaskThatDidNotWaitHasNoDelay() {
		List<Long> taken = new ArrayList<>();
		// the first loads classes between the two
		for (int i = 0; i < 10; i++) {
			SchedulingDelay.measured(() -> taken.add(SchedulingDelay.take())).run();
		}
		assertThat(taken.subList(1, 10)).contains(0L);
	}

	@Test
	void theDelayIsThatOfTheFirstRequestOfATask() throws InterruptedException {
		List<Long> taken = new ArrayList<>();
		Runnable task = SchedulingDelay.measured(() -> {
			taken.add(SchedulingDelay.take());
			taken.add(SchedulingDelay.take());
		});
		// waiting is what is tested
		assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
		task.run();
		assertThat(taken.get(0)).isGreaterThanOrEqualTo(20_000_000);
		assertThat(taken.get(1)).isZero();
	}

	private static List<HttpResponse<String>> answers(RunningApplication application) {
		assertThat(application.get(WORK).statusCode()).isEqualTo(200);
		List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			sent.add(application.getAsync(WORK));
		}
		return sent.stream().map(CompletableFuture::join).toList();
	}

}
