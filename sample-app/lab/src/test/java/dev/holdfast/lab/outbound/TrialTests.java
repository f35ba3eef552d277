/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.holdfast.client.CallFailure.Facts;
import dev.holdfast.client.CallFailures;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.ResourceAccessException;

import static org.assertj.core.api.Assertions.assertThat;

class TrialTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	@Test
	void findsOurFailureAmongTheCauses() throws InterruptedException {
		Trial trial = trial(FailureKind.TIMEOUT, CallPhase.HEADERS, "nothing came");
		assertThat(trial.ending()).isEqualTo("timeout/headers");
		assertThat(Expected.failure(FailureKind.TIMEOUT, CallPhase.HEADERS).ending()).accepts(trial);
		assertThat(Expected.failure(FailureKind.TIMEOUT, CallPhase.BODY).ending()).rejects(trial);
		assertThat(Expected.failure(FailureKind.RESET, CallPhase.HEADERS).ending()).rejects(trial);
		assertThat(Expected.success().ending()).rejects(trial);
	}

	@Test
	void readsTheMessagesOfAllCauses() throws InterruptedException {
		Trial trial = trial(FailureKind.POOL_EXHAUSTED, CallPhase.LEASE, "1/1 held by GET /holders/{id}");
		Expected expected = Expected.failure(FailureKind.POOL_EXHAUSTED, CallPhase.LEASE);
		assertThat(expected.saying("/holders/{id}").ending()).accepts(trial);
		assertThat(expected.saying("/others/{id}").ending()).rejects(trial);
	}

	@Test
	void namesTheRootOfOtherFailures() throws InterruptedException {
		Trial trial = Trial.of(() -> {
			throw new ResourceAccessException("wrapped", new IOException("root"));
		}, LONG);
		assertThat(trial.failure()).isEmpty();
		assertThat(trial.ending()).isEqualTo("IOException");
	}

	@Test
	void givesUpWatching() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		Trial trial = Trial.of(never::await, Duration.ofMillis(50));
		assertThat(trial.ended()).isFalse();
		assertThat(trial.seconds()).isEqualTo("> 0 s");
		assertThat(Expected.success().ending()).rejects(trial);
		never.countDown();
	}

	@Test
	void successHasNoFailure() throws InterruptedException {
		Trial trial = Trial.of(() -> {
		}, LONG);
		assertThat(trial.ending()).isEqualTo("no failure");
		assertThat(Expected.success().ending()).accepts(trial);
	}

	private static Trial trial(FailureKind kind, CallPhase phase, String message) throws InterruptedException {
		IOException failure = CallFailures.of(message,
				new Facts("default", "http://127.0.0.1", kind, phase, Map.of(), 1, false), null);
		return Trial.of(() -> {
			throw new ResourceAccessException("wrapped", failure);
		}, LONG);
	}

}
