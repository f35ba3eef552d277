/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("C1")
class LimiterTests {

	private static final Admission ADMITTED = Admission.Admitted.INSTANCE;

	private final Limiter limiter = new Limiter(settings(3), Map.of("export", new LaneSettings(1, null, null)),
			Ticker.system());

	private final Lane lane = this.limiter.defaultLane();

	private final Lane export = Lanes.of(this.limiter, "export");

	@Test
	void admitsUpToTheLimitAndNoMore() {
		assertThat(admit(this.lane)).isEqualTo(ADMITTED);
		assertThat(admit(this.lane)).isEqualTo(ADMITTED);
		assertThat(admit(this.lane)).isEqualTo(ADMITTED);
		assertThat(admit(this.lane)).isEqualTo(shed(ShedReason.LIMIT));
		assertThat(this.limiter.inFlight()).isEqualTo(3);
	}

	@Test
	void aReleaseMakesRoomForOne() {
		this.limiter.update((before) -> before.withLimit(1));
		admit(this.lane);
		this.limiter.release(this.lane);
		assertThat(admit(this.lane)).isEqualTo(ADMITTED);
		assertThat(admit(this.lane)).isEqualTo(shed(ShedReason.LIMIT));
	}

	@Test
	void aRouteIsRefusedAtItsOwnLimitAndOthersAreNot() {
		admit(this.export);
		assertThat(admit(this.export)).isEqualTo(shed(ShedReason.ROUTE));
		assertThat(admit(this.lane)).isEqualTo(ADMITTED);
	}

	@Test
	void aRefusalByTheRouteTakesNothingOfTheWhole() {
		admit(this.export);
		admit(this.export);
		assertThat(this.limiter.inFlight()).isOne();
	}

	@Test
	void aRefusalByTheWholeTakesNothingOfTheRoute() {
		this.limiter.update((before) -> before.withLimit(1));
		admit(this.lane);
		assertThat(admit(this.export)).isEqualTo(shed(ShedReason.LIMIT));
		assertThat(this.export.held.held()).isZero();
		this.limiter.release(this.lane);
		assertThat(admit(this.export)).isEqualTo(ADMITTED);
	}

	@Test
	void aReleaseGivesBackTheCountOfTheRoute() {
		admit(this.export);
		this.limiter.release(this.export);
		assertThat(admit(this.export)).isEqualTo(ADMITTED);
		assertThat(this.limiter.inFlight()).isOne();
	}

	@Test
	void knowsItsLanesByName() {
		assertThat(this.limiter.lane("export")).isSameAs(this.export).hasToString("export");
		assertThat(this.limiter.lane("")).isSameAs(this.lane);
		assertThat(this.limiter.lane("unknown")).isNull();
	}

	@Test
	void countsWhatItDecides() {
		admit(this.export);
		admit(this.export);
		admit(this.lane);
		LimiterState state = this.limiter.state();
		assertThat(state.inFlight()).isEqualTo(2);
		assertThat(state.admitted()).isEqualTo(2).isEqualTo(this.limiter.admitted());
		assertThat(state.shed()).containsEntry(ShedReason.ROUTE, 1L).containsEntry(ShedReason.LIMIT, 0L);
		assertThat(state.routes())
			.containsExactly(new LimiterState.LaneState("export", new LaneSettings(1, null, null), 1));
		assertThat(this.limiter.shed(ShedReason.ROUTE, Priority.DEFAULT)).isOne();
		assertThat(this.limiter.shed(ShedReason.ROUTE, Priority.BULK)).isZero();
	}

	@Test
	void whoWaitsInVainIsRefusedByTimeout() {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ofMillis(1)));
		admit(this.lane);
		assertThat(admit(this.lane)).isEqualTo(shed(ShedReason.TIMEOUT));
		assertThat(this.limiter.queued()).isZero();
	}

	@Test
	void whoWaitsInVainForARouteIsRefusedByTheRoute() {
		this.limiter.update((before) -> new LimiterSettings(Mode.ENFORCE, 3, 3, Duration.ofMillis(1), 1));
		admit(this.export);
		assertThat(admit(this.export)).isEqualTo(shed(ShedReason.ROUTE));
		assertThat(this.limiter.queued()).isZero();
	}

	@Test
	void nobodyWaitsForNoTimeAtAll() {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ZERO));
		admit(this.lane);
		assertThat(admit(this.lane)).isEqualTo(shed(ShedReason.TIMEOUT));
	}

	@Test
	void aFullQueueRefusesTheNewcomer() throws Exception {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ofHours(1)));
		admit(this.lane);
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller first = callers.queue(this.lane);
			assertThat(admit(this.lane)).isEqualTo(shed(ShedReason.QUEUE));
			this.limiter.release(this.lane);
			assertThat(first.answer()).isEqualTo(ADMITTED);
		}
	}

	@Test
	void aLifetimeThatEndsLeavesTheQueueAtOnce() throws Exception {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ofHours(1)));
		admit(this.lane);
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller caller = callers.queue(this.lane, lifetime);
			lifetime.end(EndReason.CLIENT_GONE);
			assertThat(this.limiter.queued()).isZero();
			assertThat(caller.answer()).isEqualTo(shed(ShedReason.DEADLINE));
		}
	}

	@Test
	void aLifetimeThatHasEndedDoesNotWait() {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ofHours(1)));
		admit(this.lane);
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.after(Duration.ZERO, Ticker.system()));
		assertThat(this.limiter.admit(this.lane, lifetime)).isEqualTo(shed(ShedReason.DEADLINE));
		assertThat(this.limiter.queued()).isZero();
	}

	@Test
	void anAdmittedWaiterLeavesNoListenerBehind() throws Exception {
		this.limiter.update((before) -> oneAndAQueueOf(1, Duration.ofHours(1)));
		admit(this.lane);
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller caller = callers.queue(this.lane, lifetime);
			this.limiter.release(this.lane);
			assertThat(caller.answer()).isEqualTo(ADMITTED);
			lifetime.end(EndReason.CANCELLED);
			assertThat(this.limiter.shed(ShedReason.DEADLINE, Priority.DEFAULT)).isZero();
			assertThat(this.limiter.inFlight()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void eachRefusalIsMadeOnce(ShedReason reason) {
		assertThat(shed(reason)).isSameAs(shed(reason)).isEqualTo(new Admission.Shed(reason));
		assertThat(reason.label()).isLowerCase();
	}

	@Test
	@Tag("F4")
	void refusesSettingsThatCannotBeMeant() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(0)).withMessageContaining("limit");
		assertThatIllegalArgumentException().isThrownBy(() -> oneAndAQueueOf(-1, Duration.ZERO))
			.withMessageContaining("maxQueued");
		assertThatIllegalArgumentException().isThrownBy(() -> oneAndAQueueOf(1, Duration.ofNanos(-1)))
			.withMessageContaining("maxWait");
		assertThatIllegalArgumentException().isThrownBy(() -> oneAndAQueueOf(1, Duration.ofDays(365 * 300)))
			.withMessageContaining("maxWait");
		assertThatIllegalArgumentException().isThrownBy(() -> new LimiterSettings(Mode.ENFORCE, 1, 0, Duration.ZERO, 0))
			.withMessageContaining("asyncLimit");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LimiterSettings(Mode.ENFORCE, 1, 0, -1, Duration.ZERO, 1))
			.withMessageContaining("burstQueued");
		assertThatIllegalArgumentException().isThrownBy(() -> new LaneSettings(0, null, null))
			.withMessageContaining("limit");
	}

	@Test
	@Tag("F4")
	void aChangeThatIsRefusedChangesNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.limiter.update((before) -> before.withMode(Mode.OFF).withLimit(0)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.limiter.update(this.export, (before) -> new LaneSettings(-1, null, Mode.OFF)));
		assertThat(this.limiter.settings()).isEqualTo(settings(3));
		assertThat(this.limiter.settings(this.export)).isEqualTo(new LaneSettings(1, null, null));
		this.limiter.update((before) -> before.withLimit(4));
		assertThat(this.limiter.settings().limit()).isEqualTo(4);
	}

	private Admission admit(Lane to) {
		return this.limiter.admit(to, Lifetime.current());
	}

	private static Admission shed(ShedReason reason) {
		return Admission.Shed.of(reason);
	}

	private static LimiterSettings settings(int limit) {
		return new LimiterSettings(Mode.ENFORCE, limit, 0, Duration.ZERO, 1);
	}

	private static LimiterSettings oneAndAQueueOf(int maxQueued, Duration maxWait) {
		return new LimiterSettings(Mode.ENFORCE, 1, maxQueued, maxWait, 1);
	}

}
