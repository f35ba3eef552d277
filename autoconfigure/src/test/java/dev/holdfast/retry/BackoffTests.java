/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("B6")
class BackoffTests {

	private static final RandomGenerator LONGEST = new Bound(true);

	private static final RandomGenerator SHORTEST = new Bound(false);

	private final Backoff backoff = new Backoff(Backoff.DEFAULT_BASE, Backoff.DEFAULT_CAP);

	@ParameterizedTest
	@CsvSource({ "1, 50", "2, 100", "3, 200", "6, 1600", "7, 2000", "8, 2000", "64, 2000", "65, 2000",
			"2147483647, 2000" })
	void theBoundDoublesUpToTheCap(int attempt, long millis) {
		assertThat(this.backoff.pauseNanos(attempt, LONGEST)).isEqualTo(Duration.ofMillis(millis).toNanos());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 100 })
	void thePauseMayBeNothing(int attempt) {
		assertThat(this.backoff.pauseNanos(attempt, SHORTEST)).isZero();
	}

	@Test
	void theWholeRangeIsUsedEvenly() {
		Random random = new Random(42);
		LongStream pauses = LongStream.generate(() -> this.backoff.pauseNanos(1, random)).limit(10_000);
		int[] tenths = new int[10];
		pauses.forEach((pause) -> tenths[(int) Math.min(9, pause / Duration.ofMillis(5).toNanos())]++);
		assertThat(Arrays.stream(tenths).boxed()).allMatch((count) -> count > 800 && count < 1_200);
	}

	@Property
	void thePauseNeverExceedsItsBound(@ForAll @LongRange(min = 0) long base, @ForAll @LongRange(min = 0) long more,
			@ForAll @IntRange(min = 1) int attempt, @ForAll long seed) {
		Duration cap = Duration.ofNanos(base).plusNanos(more);
		long pause = new Backoff(Duration.ofNanos(base), cap).pauseNanos(attempt, new SplittableRandom(seed));
		BigInteger exact = BigInteger.valueOf(base).shiftLeft(Math.min(attempt - 1, 64));
		assertThat(pause).isNotNegative();
		assertThat(BigInteger.valueOf(pause)).isLessThanOrEqualTo(exact);
		assertThat(Duration.ofNanos(pause)).isLessThanOrEqualTo(cap);
	}

	@Property
	void theLongestPauseIsTheBoundToTheNanosecond(@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long base,
			@ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long more,
			@ForAll @IntRange(min = 1, max = 80) int attempt) {
		Duration cap = Duration.ofNanos(base + more);
		long pause = new Backoff(Duration.ofNanos(base), cap).pauseNanos(attempt, LONGEST);
		BigInteger exact = BigInteger.valueOf(base).shiftLeft(attempt - 1).min(BigInteger.valueOf(base + more));
		assertThat(BigInteger.valueOf(pause)).isEqualTo(exact);
	}

	@Test
	void durationsBeyondEveryClockAreCut() {
		Duration centuries = Duration.ofSeconds(Long.MAX_VALUE);
		assertThat(new Backoff(centuries, centuries).pauseNanos(3, LONGEST)).isEqualTo(Long.MAX_VALUE - 1);
	}

	@Test
	void noBaseMeansNoPause() {
		assertThat(new Backoff(Duration.ZERO, Duration.ofSeconds(1)).pauseNanos(100, LONGEST)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void refusesAnAttemptBeforeTheFirst(int attempt) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.backoff.pauseNanos(attempt, LONGEST))
			.withMessage("attempt must be at least 1, was " + attempt);
	}

	@Test
	void refusesDurationsOutOfTheirRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ofMillis(-1), Duration.ZERO))
			.withMessage("base must be at least 0, was PT-0.001S");
		assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
			.withMessage("cap must be at least the base PT2S, was PT1S");
	}

	/**
	 * Draws the least or the most that it may.
	 *
	 * @param longest whether it is the most
	 */
	private record Bound(boolean longest) implements RandomGenerator {

		@Override
		public long nextLong() {
			throw new UnsupportedOperationException();
		}

		@Override
		public long nextLong(long bound) {
			assertThat(bound).isPositive();
			return this.longest ? bound - 1 : 0;
		}

	}

}
