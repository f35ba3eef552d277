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

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class LimiterParkingTests {

	private final Limiter limiter = new Limiter(new LimiterSettings(Mode.ENFORCE, 1, 1, Duration.ofHours(1), 2),
			Map.of("export", new LaneSettings(2, null, null)), Ticker.system());

	private final Lane export = Lanes.of(this.limiter, "export");

	@Test
	void aParkedRequestMakesRoomForAnother() {
		admit();
		assertThat(this.limiter.park(this.export)).isTrue();
		assertThat(this.limiter.inFlight()).isZero();
		assertThat(this.limiter.state().parked()).isOne();
		assertThat(admit()).isEqualTo(Admission.Admitted.INSTANCE);
	}

	@Test
	void aParkedRequestStillCountsForItsRoute() {
		park(2);
		assertThat(this.limiter.state().routes()).singleElement()
			.satisfies((route) -> assertThat(route.inFlight()).isEqualTo(2));
		this.limiter.update((before) -> new LimiterSettings(Mode.ENFORCE, 5, 0, Duration.ZERO, 2));
		assertThat(admit()).isEqualTo(Admission.Shed.of(ShedReason.ROUTE));
		this.limiter.releaseParked(this.export);
		assertThat(admit()).isEqualTo(Admission.Admitted.INSTANCE);
	}

	@Test
	void whereParkingSpaceIsFullThePermitStaysHeld() {
		this.limiter.update(this.export, (before) -> LaneSettings.NONE);
		park(2);
		admit();
		assertThat(this.limiter.park(this.export)).isFalse();
		assertThat(this.limiter.inFlight()).isOne();
		assertThat(this.limiter.state().parked()).isEqualTo(2);
		this.limiter.release(this.export);
		assertThat(this.limiter.inFlight()).isZero();
	}

	@Test
	void parkingSpaceIsUnboundedWhereTheLimiterIsOff() {
		this.limiter.update((before) -> before.withMode(Mode.OFF));
		park(5);
		assertThat(this.limiter.state().parked()).isEqualTo(5);
	}

	@Test
	void everythingIsGivenBackAsItWasTaken() {
		park(2);
		this.limiter.releaseParked(this.export);
		this.limiter.releaseParked(this.export);
		assertThat(this.limiter.state().parked()).isZero();
		assertThat(this.export.held.held()).isZero();
		assertThat(this.limiter.inFlight()).isZero();
	}

	@Test
	void whoWaitsGetsThePermitOfAParkedRequest() throws Exception {
		admit();
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller waiting = callers.queue(this.limiter.defaultLane());
			this.limiter.park(this.export);
			assertThat(waiting.answer()).isEqualTo(Admission.Admitted.INSTANCE);
			assertThat(this.limiter.inFlight()).isOne();
		}
	}

	@Test
	void whoWaitsForARouteGoesOnWhenAParkedRequestOfItEnds() throws Exception {
		park(2);
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller waiting = callers.queue(this.export);
			assertThat(waiting.isWaiting()).isTrue();
			this.limiter.releaseParked(this.export);
			assertThat(waiting.answer()).isEqualTo(Admission.Admitted.INSTANCE);
		}
	}

	private void park(int requests) {
		for (int i = 0; i < requests; i++) {
			admit();
			this.limiter.park(this.export);
		}
	}

	private Admission admit() {
		return this.limiter.admit(this.export, Lifetime.current());
	}

}
