/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B7")
class DeadlineTests {

	private final ManualTicker ticker = new ManualTicker();

	@Test
	void noneNeverPasses() {
		Deadline none = Deadline.none();
		assertThat(none.isBounded()).isFalse();
		assertThat(none.hasPassed()).isFalse();
		assertThat(none.remaining()).isEqualTo(Deadline.FOREVER);
	}

	@Test
	void passesAtItsMomentAndNotBefore() {
		Deadline deadline = Deadline.after(Duration.ofMillis(10), this.ticker);
		this.ticker.advance(Duration.ofNanos(9_999_999));
		assertThat(deadline.hasPassed()).isFalse();
		assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(1));
		this.ticker.advance(Duration.ofNanos(1));
		assertThat(deadline.hasPassed()).isTrue();
	}

	@Test
	void remainingIsNeverNegative() {
		Deadline deadline = Deadline.after(Duration.ofMillis(10), this.ticker);
		this.ticker.advance(Duration.ofHours(1));
		assertThat(deadline.remaining()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void noTimeOrLessHasPassedAlready(long seconds) {
		Deadline deadline = Deadline.after(Duration.ofSeconds(seconds), this.ticker);
		assertThat(deadline.hasPassed()).isTrue();
		assertThat(deadline.remaining()).isZero();
	}

	@Test
	void aTimeBeyondEveryClockLastsForDecades() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), this.ticker);
		this.ticker.advance(Duration.ofDays(365 * 50));
		assertThat(deadline.hasPassed()).isFalse();
	}

	@Test
	void aReadingThatWrapsAroundDoesNotMatter() {
		ManualTicker wrapping = new ManualTicker(Long.MAX_VALUE - 1);
		Deadline deadline = Deadline.after(Duration.ofMillis(10), wrapping);
		assertThat(deadline.hasPassed()).isFalse();
		wrapping.advance(Duration.ofMillis(4));
		assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(6));
		wrapping.advance(Duration.ofMillis(6));
		assertThat(deadline.hasPassed()).isTrue();
	}

	@Test
	void theEarlierOfTwoIsTheOneThatPassesFirst() {
		Deadline near = Deadline.after(Duration.ofMillis(1), this.ticker);
		Deadline far = Deadline.after(Duration.ofMillis(2), this.ticker);
		assertThat(near.earlier(far)).isSameAs(near);
		assertThat(far.earlier(near)).isSameAs(near);
	}

	@Test
	void aDeadlineIsEarlierThanNone() {
		Deadline near = Deadline.after(Duration.ofMillis(1), this.ticker);
		assertThat(near.earlier(Deadline.none())).isSameAs(near);
		assertThat(Deadline.none().earlier(near)).isSameAs(near);
	}

	@Test
	void anotherIsMeasuredWithTheSameClock() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(2), this.ticker);
		Deadline sooner = deadline.another(Duration.ofSeconds(1));
		this.ticker.advance(Duration.ofSeconds(1));
		assertThat(sooner.hasPassed()).isTrue();
		assertThat(deadline.hasPassed()).isFalse();
	}

	@Test
	void saysWhenItPasses() {
		assertThat(Deadline.after(Duration.ofSeconds(2), this.ticker)).hasToString("in PT2S");
		assertThat(Deadline.none()).hasToString("none");
	}

}
