/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class LatenessTests {

	private static final long LATE = Lateness.TARGET_NANOS;

	private static final long IN_TIME = LATE - 1;

	private static final long BEGIN = Long.MAX_VALUE - Lateness.INTERVAL_NANOS / 2;

	private final ManualTicker ticker = new ManualTicker(BEGIN);

	private final Lateness lateness = new Lateness();

	@Test
	void aBurstIsLateAndServed() {
		assertThat(overdue(LATE, 0)).isFalse();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS - 1)).isFalse();
	}

	@Test
	void whatComesLateForLongIsOverdueThoughTheClockWrapsAround() {
		assertThat(overdue(LATE, 0)).isFalse();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS)).isTrue();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS + 1)).isTrue();
	}

	@Test
	void oneThatComesInTimeEndsABurst() {
		assertThat(overdue(LATE, 0)).isFalse();
		assertThat(overdue(IN_TIME, 1)).isFalse();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS)).isFalse();
	}

	@Test
	void whatComesInTimeIsNeverOverdue() {
		beLate();
		assertThat(overdue(IN_TIME, Lateness.INTERVAL_NANOS + 1)).isFalse();
	}

	@Test
	void aFewThatComeInTimeDoNotEndIt() {
		beLate();
		assertThat(overdue(IN_TIME, Lateness.INTERVAL_NANOS + 1)).isFalse();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS + 2)).isTrue();
		assertThat(overdue(IN_TIME, Lateness.INTERVAL_NANOS + 3)).isFalse();
		assertThat(overdue(LATE, 2 * Lateness.INTERVAL_NANOS + 2)).isTrue();
	}

	@Test
	void itIsOverWhenAllHaveComeInTimeForAsLong() {
		beLate();
		assertThat(overdue(IN_TIME, Lateness.INTERVAL_NANOS + 1)).isFalse();
		assertThat(overdue(IN_TIME, 2 * Lateness.INTERVAL_NANOS + 1)).isFalse();
		assertThat(overdue(LATE, 2 * Lateness.INTERVAL_NANOS + 2)).isFalse();
	}

	@Test
	void aLimiterRefusesWhatIsOverdueAndCountsIt() {
		Limiter limiter = limiter(Mode.ENFORCE, null);
		assertThat(askTwice(limiter)).isEqualTo(Admission.Shed.of(ShedReason.TIMEOUT));
		assertThat(limiter.shed(ShedReason.TIMEOUT, Priority.DEFAULT)).isEqualTo(1);
		assertThat(limiter.inFlight()).isEqualTo(1);
	}

	@Test
	void aLimiterThatObservesCountsItAndLetsItIn() {
		Limiter limiter = limiter(Mode.OBSERVE, null);
		assertThat(askTwice(limiter)).isEqualTo(Admission.Admitted.INSTANCE);
		assertThat(limiter.shed(ShedReason.TIMEOUT, Priority.DEFAULT)).isEqualTo(1);
		assertThat(limiter.inFlight()).isEqualTo(2);
	}

	@Test
	void aLimiterThatIsOffDoesNeither() {
		Limiter limiter = limiter(Mode.OFF, null);
		assertThat(askTwice(limiter)).isEqualTo(Admission.Admitted.INSTANCE);
		assertThat(limiter.shed(ShedReason.TIMEOUT, Priority.DEFAULT)).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void onlyWhatIsCriticalIsLetThrough(Priority priority) {
		Admission answer = askTwice(limiter(Mode.ENFORCE, priority));
		assertThat(answer == Admission.Admitted.INSTANCE).isEqualTo(priority == Priority.CRITICAL);
	}

	private boolean overdue(long waited, long after) {
		return this.lateness.isOverdue(waited, BEGIN + after);
	}

	private void beLate() {
		assertThat(overdue(LATE, 0)).isFalse();
		assertThat(overdue(LATE, Lateness.INTERVAL_NANOS)).isTrue();
	}

	private Limiter limiter(Mode mode, @Nullable Priority priority) {
		return new Limiter(new LimiterSettings(mode, 10, 0, Duration.ZERO, 1),
				Map.of("route", new LaneSettings(null, priority, null)), this.ticker);
	}

	private Admission askTwice(Limiter limiter) {
		Lane lane = Objects.requireNonNull(limiter.lane("route"));
		assertThat(limiter.admit(lane, new OwnedLifetime(Deadline.none()), LATE))
			.isEqualTo(Admission.Admitted.INSTANCE);
		this.ticker.advance(Duration.ofNanos(Lateness.INTERVAL_NANOS));
		return limiter.admit(lane, new OwnedLifetime(Deadline.none()), LATE);
	}

}
