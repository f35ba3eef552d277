/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTests {

	@Test
	void countsAnswersInTime() throws InterruptedException {
		CountDownLatch three = new CountDownLatch(3);
		try (TestServer server = new TestServer(1).on("/livez", (exchange) -> {
			three.countDown();
			TestServer.fixed(exchange, 200);
		}); Probe probe = Probe.start(server.port(), "/livez")) {
			assertThat(three.await(5, TimeUnit.SECONDS)).isTrue();
			Probe.Outcome outcome = probe.stop();
			assertThat(outcome.isPerfect()).isTrue();
			assertThat(outcome.answered()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void countsErrorsAndSilenceAsFailures() throws InterruptedException {
		CountDownLatch three = new CountDownLatch(3);
		CountDownLatch never = new CountDownLatch(1);
		try (TestServer server = new TestServer(1).on("/livez", (exchange) -> {
			three.countDown();
			if (three.getCount() == 2) {
				TestServer.fixed(exchange, 503);
			}
			else if (three.getCount() == 1) {
				hold(never);
			}
			else {
				TestServer.fixed(exchange, 200);
			}
		}); Probe probe = Probe.start(server.port(), "/livez")) {
			assertThat(three.await(5, TimeUnit.SECONDS)).isTrue();
			Probe.Outcome outcome = probe.stop();
			assertThat(outcome.isPerfect()).isFalse();
			assertThat(outcome.failed()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void closedLoopFindsWhatTheServerCanDo() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		try (TestServer server = new TestServer(2).on("/", (exchange) -> {
			hold(never);
			TestServer.fixed(exchange, 200);
		})) {
			double perSecond = ClosedLoop.run(server.port(), Mix.of("/"), 4, Duration.ofMillis(300),
					Duration.ofSeconds(2));
			assertThat(perSecond).isBetween(3.0, 5.5);
		}
	}

	private static void hold(CountDownLatch never) {
		try {
			boolean opened = never.await(400, TimeUnit.MILLISECONDS);
			assertThat(opened).isFalse();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
