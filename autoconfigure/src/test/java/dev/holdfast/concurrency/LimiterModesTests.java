/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("G4")
class LimiterModesTests {

	private static final Duration LONG = Duration.ofHours(1);

	@ParameterizedTest
	@EnumSource(names = { "OFF", "OBSERVE" })
	void nothingIsRefusedUnlessEnforced(Mode mode) {
		Limiter limiter = limiter(mode, 1, 0, new LaneSettings(1, null, null));
		Lane export = Lanes.of(limiter, "export");
		assertThat(admit(limiter, export, 5)).isEqualTo(5);
		assertThat(limiter.inFlight()).isEqualTo(5);
		for (int i = 0; i < 5; i++) {
			limiter.release(export);
		}
		assertThat(limiter.inFlight()).isZero();
		assertThat(export.held.held()).isZero();
	}

	@Test
	void offCountsNoRefusals() {
		Limiter limiter = limiter(Mode.OFF, 1, 1, new LaneSettings(1, null, null));
		admit(limiter, Lanes.of(limiter, "export"), 5);
		assertThat(limiter.state().shed().values()).containsOnly(0L);
		assertThat(limiter.state().wouldHaveQueued()).isZero();
		assertThat(limiter.admitted()).isEqualTo(5);
	}

	@Test
	void observeCountsWhatWouldHaveQueuedAndWhatWouldHaveBeenRefused() {
		Limiter limiter = limiter(Mode.OBSERVE, 2, 3, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 2 + 3 + 4);
		LimiterState state = limiter.state();
		assertThat(state.wouldHaveQueued()).isEqualTo(3);
		assertThat(state.shed()).containsEntry(ShedReason.QUEUE, 4L).containsEntry(ShedReason.LIMIT, 0L);
		assertThat(state.admitted()).isEqualTo(9);
		assertThat(state.queued()).isZero();
	}

	@Test
	void observeCountsRefusalsByTheLimitWhereNobodyWouldHaveWaited() {
		Limiter limiter = limiter(Mode.OBSERVE, 2, 0, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 3);
		assertThat(limiter.shed(ShedReason.LIMIT, Priority.DEFAULT)).isOne();
	}

	@Test
	void observeCountsRefusalsByTheRouteWithItsPriority() {
		Limiter limiter = limiter(Mode.OBSERVE, 10, 0, new LaneSettings(1, Priority.BULK, null));
		admit(limiter, Lanes.of(limiter, "export"), 3);
		assertThat(limiter.shed(ShedReason.ROUTE, Priority.BULK)).isEqualTo(2);
	}

	@Test
	void aRouteMayBeObservedWhileTheWholeIsEnforced() {
		Limiter limiter = limiter(Mode.ENFORCE, 2, 0, new LaneSettings(1, null, Mode.OBSERVE));
		assertThat(admit(limiter, Lanes.of(limiter, "export"), 4)).isEqualTo(4);
		assertThat(limiter.shed(ShedReason.ROUTE, Priority.DEFAULT)).isEqualTo(3);
		assertThat(admit(limiter, limiter.defaultLane(), 1)).isZero();
	}

	@Test
	void aRouteMayBeEnforcedWhileTheWholeIsObserved() {
		Limiter limiter = limiter(Mode.OBSERVE, 2, 0, new LaneSettings(3, null, Mode.ENFORCE));
		assertThat(admit(limiter, Lanes.of(limiter, "export"), 9)).isEqualTo(3);
		assertThat(admit(limiter, limiter.defaultLane(), 9)).isEqualTo(9);
	}

	@Test
	void aRouteThatIsOffIsLeftAlone() {
		Limiter limiter = limiter(Mode.ENFORCE, 2, 0, new LaneSettings(1, null, Mode.OFF));
		assertThat(admit(limiter, Lanes.of(limiter, "export"), 4)).isEqualTo(4);
		assertThat(limiter.state().shed().values()).containsOnly(0L);
	}

	@Test
	@Tag("F4")
	void whatWasAdmittedInAnotherModeCounts() {
		Limiter limiter = limiter(Mode.OFF, 2, 0, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 4);
		limiter.update((before) -> before.withMode(Mode.ENFORCE));
		limiter.release(limiter.defaultLane());
		limiter.release(limiter.defaultLane());
		assertThat(admit(limiter, limiter.defaultLane(), 1)).isZero();
		limiter.release(limiter.defaultLane());
		assertThat(admit(limiter, limiter.defaultLane(), 9)).isOne();
	}

	@Test
	@Tag("F4")
	void aLimitLoweredBelowWhatRunsAdmitsNobodyUntilThatIsDone() {
		Limiter limiter = limiter(Mode.ENFORCE, 4, 0, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 4);
		limiter.update((before) -> before.withLimit(2));
		for (int running = 4; running > 2; running--) {
			assertThat(admit(limiter, limiter.defaultLane(), 1)).isZero();
			limiter.release(limiter.defaultLane());
		}
		assertThat(admit(limiter, limiter.defaultLane(), 1)).isZero();
		limiter.release(limiter.defaultLane());
		assertThat(admit(limiter, limiter.defaultLane(), 9)).isOne();
	}

	@Test
	@Tag("F4")
	void whoWaitsPassesWhenTheWholeIsSwitchedToObserve() throws Exception {
		Limiter limiter = limiter(Mode.ENFORCE, 1, 10, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 1);
		try (Callers callers = new Callers(limiter)) {
			Callers.Caller first = callers.queue(limiter.defaultLane());
			Callers.Caller second = callers.queue(limiter.defaultLane());
			limiter.update((before) -> before.withMode(Mode.OBSERVE));
			assertThat(first.answer()).isEqualTo(Admission.Admitted.INSTANCE);
			assertThat(second.answer()).isEqualTo(Admission.Admitted.INSTANCE);
			assertThat(limiter.inFlight()).isEqualTo(3);
			assertThat(limiter.queued()).isZero();
		}
	}

	@Test
	@Tag("F4")
	void asManyPassAsARaisedLimitAllows() throws Exception {
		Limiter limiter = limiter(Mode.ENFORCE, 1, 10, LaneSettings.NONE);
		admit(limiter, limiter.defaultLane(), 1);
		try (Callers callers = new Callers(limiter)) {
			Callers.Caller first = callers.queue(limiter.defaultLane());
			Callers.Caller second = callers.queue(limiter.defaultLane());
			limiter.update((before) -> before.withLimit(2));
			assertThat(first.answer()).isEqualTo(Admission.Admitted.INSTANCE);
			assertThat(second.isWaiting()).isTrue();
			assertThat(limiter.queued()).isOne();
		}
	}

	@Test
	@Tag("F4")
	void whoWaitsForARoutePassesWhenItsLimitIsTakenAway() throws Exception {
		Limiter limiter = limiter(Mode.ENFORCE, 5, 10, new LaneSettings(1, null, null));
		Lane export = Lanes.of(limiter, "export");
		admit(limiter, export, 1);
		try (Callers callers = new Callers(limiter)) {
			Callers.Caller waiting = callers.queue(export);
			limiter.update(export, (before) -> LaneSettings.NONE);
			assertThat(waiting.answer()).isEqualTo(Admission.Admitted.INSTANCE);
		}
	}

	private static int admit(Limiter limiter, Lane lane, int times) {
		int admitted = 0;
		for (int i = 0; i < times; i++) {
			admitted += (limiter.admit(lane, Lifetime.current()) == Admission.Admitted.INSTANCE) ? 1 : 0;
		}
		return admitted;
	}

	private static Limiter limiter(Mode mode, int limit, int maxQueued, LaneSettings export) {
		return new Limiter(new LimiterSettings(mode, limit, maxQueued, LONG, 1), Map.of("export", export),
				Ticker.system());
	}

}
