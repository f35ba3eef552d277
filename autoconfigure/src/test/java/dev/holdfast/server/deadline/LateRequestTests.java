/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.Phase;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.server.RequestCompanion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that are late by less than a round of the patrol.
 */
@Tag("C3")
class LateRequestTests {

	private static final Duration LIMIT = Duration.ofMillis(100);

	private final ManualTicker time = new ManualTicker();

	private final AtomicInteger readings = new AtomicInteger();

	private final Ticker ticker = () -> {
		this.readings.incrementAndGet();
		return this.time.nanos();
	};

	private final RunningRequests table = new RunningRequests(this.ticker);

	private final DeadlineCounts counts = new DeadlineCounts();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());

	private RunningRequest running = this.table.begin("GET", "192.0.2.1", this.lifetime);

	@ParameterizedTest
	@CsvSource({ "false, 99, 0", "false, 100, 1", "false, 120, 1", "true, 99, 0", "true, 120, 1" })
	void oneThatIsOverBeforeThePatrolComesByAgainIsCountedByTheClock(boolean enforced, long over, long counted) {
		RequestCompanion deadline = begin(enforced, "GET");
		lookAt(deadline, 90);
		endAt(deadline, over);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isEqualTo(counted);
	}

	@Test
	void oneThatThePatrolHasCountedIsNotCountedAgain() {
		RequestCompanion deadline = begin(false, "GET");
		lookAt(deadline, 60);
		lookAt(deadline, 110);
		endAt(deadline, 120);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isOne();
	}

	@Test
	void oneWhoseAnswerHadBegunInTimeIsNotLate() {
		RequestCompanion deadline = begin(false, "GET");
		lookAt(deadline, 40);
		this.response.setCommitted(true);
		lookAt(deadline, 90);
		endAt(deadline, 120);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isZero();
	}

	@Test
	void oneWhoseClientHasLeftIsNotLate() {
		RequestCompanion deadline = begin(false, "GET");
		lookAt(deadline, 90);
		this.running.cancel(EndReason.CLIENT_GONE);
		endAt(deadline, 120);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isZero();
	}

	@Test
	void timeOfTheBodyDoesNotCount() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setContent(new byte[] { 1 });
		this.running = this.table.begin("POST", "192.0.2.1", this.lifetime);
		RequestCompanion deadline = meet(false, request);
		var seen = deadline.admitted(this.running, request, this.response);
		this.time.advance(Duration.ofMillis(50));
		seen.getInputStream().readAllBytes();
		lookAt(deadline, 140);
		endAt(deadline, 149);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void oneThatIsOverBeforeTheFirstLookReadsNoClockAtItsEnd(boolean enforced) {
		RequestCompanion deadline = begin(enforced, "GET");
		this.lifetime.complete();
		int before = this.readings.get();
		deadline.finished(this.running);
		assertThat(this.readings.get()).isEqualTo(before);
		assertThat(this.counts.exceeded(Phase.HANDLER)).isZero();
	}

	private RequestCompanion begin(boolean enforced, String method) {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
		RequestCompanion deadline = meet(enforced, request);
		deadline.admitted(this.running, request, this.response);
		return deadline;
	}

	private RequestCompanion meet(boolean enforced, MockHttpServletRequest request) {
		Expiry expiry = new Expiry(enforced, CancelPolicy.SAFE, false, (same) -> true, this.counts,
				new DeadlineLog(this.ticker), this.ticker);
		Deadlines deadlines = new Deadlines(new DeadlineRule(LIMIT, false, expiry), Map.of(), Set.of(),
				new Budgets(List.of(), List.of(), Duration.ZERO));
		RequestCompanion deadline = Objects.requireNonNull(deadlines.meet(request, this.running, ""));
		this.running.enter(Phase.HANDLER);
		return deadline;
	}

	private void lookAt(RequestCompanion deadline, long millis) {
		at(millis);
		deadline.inspect(this.running, this.table.age(this.running));
	}

	private void endAt(RequestCompanion deadline, long millis) {
		at(millis);
		this.lifetime.complete();
		deadline.finished(this.running);
	}

	private void at(long millis) {
		this.time.advance(Duration.ofMillis(millis).minusNanos(this.time.nanos()));
	}

}
