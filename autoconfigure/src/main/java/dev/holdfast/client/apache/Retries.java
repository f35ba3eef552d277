/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import dev.holdfast.client.ClientStats;
import dev.holdfast.client.RetryOutcome;
import dev.holdfast.client.RetrySettings;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import dev.holdfast.retry.Backoff;
import dev.holdfast.retry.RetryBudget;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call is tried again: only where that does no harm, only while the budget
 * lasts, and never for longer than there is time for.
 */
final class Retries {

	private static final Duration BASE = Duration.ofMillis(50);

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int UNAVAILABLE = 503;

	private final RetrySettings settings;

	private final ClientStats stats;

	private final RetryBudget budget;

	private final Backoff backoff;

	private final AttemptObserver observer;

	Retries(RetrySettings settings, ClientStats stats, Ticker ticker, AttemptObserver observer) {
		this.settings = settings;
		this.stats = stats;
		this.budget = new RetryBudget(settings.budgetRatio(), settings.budgetMinPerSecond(), ticker);
		this.backoff = new Backoff((settings.maxPause().compareTo(BASE) < 0) ? settings.maxPause() : BASE,
				settings.maxPause());
		this.observer = observer;
	}

	void deposit() {
		this.budget.deposit();
	}

	/**
	 * Decides about another attempt after an answer.
	 * @param request the request
	 * @param response the answer
	 * @param number number of the attempt, from 1
	 * @param call the call
	 * @return the pause before another attempt, or nothing if there is none
	 */
	Optional<Duration> afterResponse(ClassicHttpRequest request, ClassicHttpResponse response, int number, Call call) {
		if (response.getCode() != UNAVAILABLE && response.getCode() != TOO_MANY_REQUESTS) {
			return Optional.empty();
		}
		return decide(isIdempotent(request) && isRepeatable(request), retryAfter(response), number, call);
	}

	/**
	 * Decides about another attempt after a failure.
	 * @param request the request
	 * @param failure the failure
	 * @param number number of the attempt, from 1
	 * @param call the call
	 * @return the pause before another attempt, or nothing if there is none
	 */
	Optional<Duration> afterFailure(ClassicHttpRequest request, Exception failure, int number, Call call) {
		if (call.isCut()) {
			return Optional.empty();
		}
		FailureKind kind = FailureReport.kindOf(failure);
		boolean unsent = kind == FailureKind.REFUSED;
		boolean cut = (kind == FailureKind.RESET || kind == FailureKind.CLOSED_BY_PEER)
				&& (call.phase() == CallPhase.WRITE || call.phase() == CallPhase.HEADERS);
		if (!unsent && !cut) {
			return Optional.empty();
		}
		return decide(isRepeatable(request) && (unsent || isIdempotent(request)), null, number, call);
	}

	private Optional<Duration> decide(boolean safe, @Nullable Duration asked, int number, Call call) {
		if (this.settings.mode() == Mode.OFF) {
			return Optional.empty();
		}
		Duration pause = (asked != null) ? asked
				: Duration.ofNanos(this.backoff.pauseNanos(number, ThreadLocalRandom.current()));
		RetryOutcome outcome = outcome(safe, pause, number, call);
		this.stats.retried(outcome);
		if (outcome != RetryOutcome.RETRIED || this.settings.mode() == Mode.OBSERVE) {
			return Optional.empty();
		}
		this.observer.retried(number);
		return Optional.of(pause);
	}

	private RetryOutcome outcome(boolean safe, Duration pause, int number, Call call) {
		if (!safe) {
			return RetryOutcome.UNSAFE;
		}
		if (number >= this.settings.maxAttempts()) {
			return RetryOutcome.EXHAUSTED;
		}
		if (pause.compareTo(this.settings.maxPause()) > 0 || pause.toNanos() >= call.remaining()) {
			return RetryOutcome.TOO_LATE;
		}
		return this.budget.tryWithdraw() ? RetryOutcome.RETRIED : RetryOutcome.BUDGET;
	}

	private static boolean isIdempotent(ClassicHttpRequest request) {
		return Idempotence.of(request.getMethod()) || request.containsHeader("Idempotency-Key");
	}

	private static boolean isRepeatable(ClassicHttpRequest request) {
		HttpEntity entity = request.getEntity();
		return entity == null || entity.isRepeatable();
	}

	// seconds or a date; a date in the past is no pause
	private static @Nullable Duration retryAfter(ClassicHttpResponse response) {
		Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
		String value = (header != null) ? header.getValue() : null;
		if (value == null) {
			return null;
		}
		if (value.strip().matches("[0-9]{1,9}")) {
			return Duration.ofSeconds(Long.parseLong(value.strip()));
		}
		Instant moment = DateUtils.parseStandardDate(value);
		if (moment == null) {
			return null;
		}
		Duration left = Duration.between(Instant.now(), moment);
		return left.isNegative() ? Duration.ZERO : left;
	}

}
