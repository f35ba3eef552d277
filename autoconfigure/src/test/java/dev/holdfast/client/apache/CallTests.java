/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.Objects;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When the watchdog cuts a call, second by second.
 */
@Tag("B2")
class CallTests {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final long IDLE = Duration.ofMinutes(1).toNanos();

	private static Bounded app;

	private final ManualTicker ticker = new ManualTicker();

	private final Call call = new Call(pool(), this.ticker, "GET", "/export");

	@BeforeAll
	static void start() {
		app = Bounded.with();
		try (Peer peer = Peer.answering(Peer.OK)) {
			app.get(peer.url());
		}
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@Test
	void aPhaseIsCutWhenItsTimeIsOverAndNotBefore() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		this.call.enter(CallPhase.HEADERS, Duration.ofSeconds(10).toNanos());
		wait(Duration.ofMillis(9999));
		assertThat(this.call.isCut()).isFalse();
		wait(Duration.ofMillis(1));
		assertThat(this.call.isCut()).isTrue();
		assertThat(abort().phase()).isEqualTo(CallPhase.HEADERS);
		assertThat(abort().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThatExceptionOfType(CallCutException.class).isThrownBy(() -> this.call.enter(CallPhase.BODY, Call.NEVER));
	}

	@Test
	void aPhaseThatWasLeftInTimeIsNotCutAfterwards() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		this.call.enter(CallPhase.HEADERS, Duration.ofSeconds(10).toNanos());
		this.call.rest();
		wait(Duration.ofSeconds(11));
		assertThat(this.call.isCut()).isFalse();
	}

	@Test
	void aBodyThatFlowsRunsPastTheDefaultLimit() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		for (int second = 0; second < 3600; second++) {
			this.call.enter(CallPhase.BODY, IDLE);
			wait(Duration.ofSeconds(1));
			this.call.received(2048);
			this.call.rest();
		}
		assertThat(this.call.isCut()).isFalse();
	}

	@Test
	void aBodyThatFlowsIsCutAtALimitThatIsSet() throws CallCutException {
		this.call.limit().set(LIMIT, true);
		assertThat(readUntilCut(2048, 3600)).isEqualTo(300);
		assertThat(abort().reason()).contains("300000 ms", "holdfast.client.call-timeout");
	}

	@Test
	void aDripIsCutAtTheDefaultLimit() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		assertThat(readUntilCut(100, 3600)).isEqualTo(300);
	}

	@Test
	void aBodyThatFlowedAndDripsNowIsCutWithinAMinute() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		assertThat(readUntilCut(100_000, 600)).isEqualTo(-1);
		assertThat(readUntilCut(100, 3600)).isBetween(20, 60);
	}

	@Test
	void aSlowReaderOfAFastPeerIsNotCut() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		for (int second = 0; second < 3600; second++) {
			// the peer's bytes are there at once, the application takes its time
			this.call.enter(CallPhase.BODY, IDLE);
			wait(Duration.ofMillis(1));
			this.call.received(10);
			this.call.rest();
			wait(Duration.ofSeconds(1));
		}
		assertThat(this.call.isCut()).isFalse();
	}

	@Test
	void aBodyThatNobodyReadsIsCutAtTheDefaultLimit() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		this.call.enter(CallPhase.HEADERS, IDLE);
		this.call.rest();
		wait(LIMIT.minusMillis(1));
		assertThat(this.call.isCut()).isFalse();
		wait(Duration.ofMillis(1));
		assertThat(this.call.isCut()).isTrue();
	}

	@Test
	void anUploadThatFlowsRunsPastTheDefaultLimit() throws CallCutException {
		this.call.limit().set(LIMIT, false);
		for (int second = 0; second < 3600; second++) {
			this.call.enter(CallPhase.WRITE, IDLE);
			wait(Duration.ofSeconds(1));
			this.call.moved(64 << 10);
			this.call.rest();
		}
		assertThat(this.call.isCut()).isFalse();
	}

	@Test
	void anEventStreamHasNoLimitButTheIdleOne() throws CallCutException {
		this.call.limit().set(LIMIT, true);
		this.call.limit().stream();
		assertThat(readUntilCut(1, 3600)).isEqualTo(-1);
		this.call.enter(CallPhase.BODY, IDLE);
		wait(Duration.ofMinutes(1));
		assertThat(abort().reason()).contains("holdfast.client.idle-timeout");
	}

	@Test
	void theDeadlineOfTheWorkIsNotBlamedOnASetting() throws CallCutException {
		this.call.limit().set(LIMIT, true);
		this.call.limit().borrow(new OwnedLifetime(Deadline.after(Duration.ofSeconds(1), this.ticker)));
		this.call.enter(CallPhase.CONNECT, this.call.left(CallPhase.CONNECT, Duration.ofSeconds(5).toNanos(), 0));
		wait(Duration.ofSeconds(1));
		assertThat(abort().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(abort().reason()).contains("deadline").doesNotContain("holdfast.client");
	}

	@Test
	void aDeadlineThatIsLiftedLeavesTheLimitOfTheCall() throws CallCutException {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.after(Duration.ofSeconds(1), this.ticker));
		this.call.limit().set(LIMIT, true);
		this.call.limit().borrow(lifetime);
		this.call.enter(CallPhase.HEADERS, Call.NEVER);
		lifetime.liftDeadline();
		wait(Duration.ofSeconds(2));
		assertThat(this.call.isCut()).isFalse();
		wait(LIMIT.minusSeconds(2));
		assertThat(this.call.isCut()).isTrue();
		assertThat(abort().reason()).contains("holdfast.client.call-timeout").doesNotContain("deadline");
	}

	@Test
	void aLimitOfTheCallIsNotBlamedOnThePhase() throws CallCutException {
		this.call.limit().set(Duration.ofSeconds(1), true);
		this.call.enter(CallPhase.CONNECT, this.call.left(CallPhase.CONNECT, Duration.ofSeconds(5).toNanos(), 0));
		wait(Duration.ofSeconds(1));
		assertThat(abort().reason()).contains("1000 ms", "holdfast.client.call-timeout");
	}

	@Test
	void aCallThatIsOverIsNotCut() throws CallCutException {
		this.call.limit().set(LIMIT, true);
		this.call.enter(CallPhase.BODY, IDLE);
		this.call.returned();
		wait(Duration.ofHours(1));
		this.call.kill(Abort.ofCall(CallPhase.BODY, 1, "a test"));
		assertThat(this.call.abort()).isNull();
	}

	private static BoundedPool pool() {
		return (BoundedPool) app.pool();
	}

	private Abort abort() {
		return Objects.requireNonNull(this.call.abort());
	}

	private void wait(Duration time) {
		this.ticker.advance(time);
		this.call.check();
	}

	// the second of the cut, -1 for none
	private int readUntilCut(int bytesPerSecond, int seconds) throws CallCutException {
		for (int second = 1; second <= seconds; second++) {
			this.call.enter(CallPhase.BODY, IDLE);
			wait(Duration.ofSeconds(1));
			if (this.call.isCut()) {
				return second;
			}
			this.call.received(bytesPerSecond);
			this.call.rest();
		}
		return -1;
	}

}
