/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No wake-up is lost: the wait is longer than the test, so that whoever is forgotten
 * while the permit is free keeps the race from ending.
 */
@Tag("C1")
@Tag("F1")
class HandOverTests {

	private static final int THREADS = 16;

	private static final Duration TIME = Duration.ofMillis(1_500);

	private final Limiter limiter = new Limiter(
			new LimiterSettings(Mode.ENFORCE, 1, 2 * THREADS, Duration.ofHours(1), 1),
			Map.of("export", new LaneSettings(1, null, null)), Ticker.system());

	private final AtomicInteger holders = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	@Test
	void aNewcomerDoesNotOvertakeAWaiter() throws Exception {
		Lane lane = this.limiter.defaultLane();
		this.limiter.admit(lane, Lifetime.current());
		try (Callers callers = new Callers(this.limiter)) {
			Callers.Caller first = callers.queue(lane);
			this.limiter.release(lane);
			Callers.Caller second = callers.queue(lane);
			assertThat(first.answer()).isEqualTo(Admission.Admitted.INSTANCE);
			assertThat(second.isWaiting()).isTrue();
			this.limiter.release(lane);
			assertThat(second.answer()).isEqualTo(Admission.Admitted.INSTANCE);
		}
	}

	@Test
	void nobodyIsForgottenWhileThePermitIsFree() throws Exception {
		Race.of(THREADS).during(TIME, (thread) -> handOver(this.limiter.defaultLane()));
		assertThatOneAfterTheOtherWasServed();
	}

	@Test
	void nobodyIsForgottenWhereARouteHasALimitOfItsOwn() throws Exception {
		Lane export = Lanes.of(this.limiter, "export");
		Race.of(THREADS).during(TIME, (thread) -> handOver((thread % 2 == 0) ? export : this.limiter.defaultLane()));
		assertThatOneAfterTheOtherWasServed();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void nobodyIsForgottenOnVirtualThreads() throws Exception {
		Race.of(THREADS, virtualThreads()).during(TIME, (thread) -> handOver(this.limiter.defaultLane()));
		assertThatOneAfterTheOtherWasServed();
	}

	// by reflection: the tests are compiled for a JVM that has none
	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
	}

	private void handOver(Lane lane) {
		Admission answer = this.limiter.admit(lane, Lifetime.current());
		if (answer != Admission.Admitted.INSTANCE) {
			throw new IllegalStateException("Refused by " + answer);
		}
		this.most.accumulateAndGet(this.holders.incrementAndGet(), Math::max);
		this.holders.decrementAndGet();
		this.limiter.release(lane);
	}

	private void assertThatOneAfterTheOtherWasServed() {
		assertThat(this.most).hasValue(1);
		assertThat(this.limiter.state().shed().values()).containsOnly(0L);
		assertThat(this.limiter.queued()).isZero();
		assertThat(this.limiter.inFlight()).isZero();
	}

}
