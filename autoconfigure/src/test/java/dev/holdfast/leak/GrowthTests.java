/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("A4")
class GrowthTests {

	private static final double DAY = 24 * 60;

	@ParameterizedTest
	@CsvSource({ "DESCRIPTORS, 300, 60", "LEASES, 5, 1", "LEASES, 40, 1", "CLOSE_WAIT, 0, 6", "THREADS, 60, 6" })
	void aLeakIsFoundWithinAQuarterOfAnHour(Resource resource, double base, double perMinute) {
		GrowthRun started = new GrowthRun(resource);
		assertThat(started.live(60, (minute) -> base + perMinute * minute)).isBetween(12.0, 15.0);
		GrowthRun run = new GrowthRun(resource);
		assertThat(run.live(97, (minute) -> base)).isNegative();
		double begin = run.minute();
		assertThat(run.live(60, (minute) -> base + perMinute * (minute - begin))).isBetween(8.0, 15.0);
	}

	@Test
	void aLeakUnderBurstsAndNoiseIsFound() {
		Random random = new Random(1);
		GrowthRun run = new GrowthRun(Resource.DESCRIPTORS);
		DoubleUnaryOperator noise = (minute) -> 300 + random.nextInt(60) + ((minute % 7 < 0.5) ? 1_000 : 0);
		assertThat(run.live(60, noise)).isNegative();
		assertThat(run.live(30, (minute) -> noise.applyAsDouble(minute) + 60 * (minute - 60))).isBetween(8.0, 15.0);
	}

	@Test
	void aLeakUnderBurstsThatFillAWindowIsFoundWithinHours() {
		Random random = new Random(1);
		GrowthRun run = new GrowthRun(Resource.DESCRIPTORS);
		assertThat(
				run.live(180, (minute) -> 300 + random.nextInt(200) + ((minute % 7 < 0.8) ? 1_000 : 0) + 60 * minute))
			.isBetween(12.0, 150.0);
	}

	@Test
	void aLeakIsFoundWhileTrafficGrowsLess() {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT, (minute) -> 50 + minute);
		assertThat(run.live(60, (minute) -> 6 * minute)).isBetween(12.0, 15.0);
	}

	@ParameterizedTest
	@CsvSource({ "DESCRIPTORS, 5000, 60", "DESCRIPTORS, 200, 1.5", "LEASES, 5, 0.1", "CLOSE_WAIT, 0, 0.2" })
	void whatIsTooSlowForMinutesIsFoundWithinHours(Resource resource, double base, double perMinute) {
		GrowthRun run = new GrowthRun(resource);
		assertThat(run.live(180, (minute) -> base + perMinute * minute)).isBetween(120.0, 150.0);
	}

	@ParameterizedTest
	@EnumSource
	void aRiseIsToldWithItsFigures(Resource resource) {
		GrowthRun run = new GrowthRun(resource);
		run.live(30, (minute) -> 12);
		run.live(30, (minute) -> 12 + 36 * Math.floor(minute - 30));
		assertThat(run.rises()).containsExactly(new Rise(resource, 12, 12 + 28 * 36, Duration.ofMinutes(28)));
		assertThat(run.rises().get(0).text())
			.isEqualTo(resource.label() + " have risen steadily from 12 to 1020 in 28 min while traffic did not");
	}

	@Test
	void aLongRiseIsToldInHours() {
		assertThat(new Rise(Resource.CLOSE_WAIT, 12, 480, Duration.ofMinutes(200)).text())
			.isEqualTo("close-wait sockets have risen steadily from 12 to 480 in 3 h while traffic did not");
	}

	@Test
	void aRiseIsOverWhenItStandsStill() {
		GrowthRun run = leaking();
		run.live(3, (minute) -> 600);
		assertThat(run.rises()).isNotEmpty();
		run.live(4, (minute) -> 600);
		assertThat(run.rises()).isEmpty();
	}

	@Test
	void aRiseIsOverWhenTheNumberHasFallen() {
		GrowthRun run = leaking();
		run.live(2.5, (minute) -> 12);
		assertThat(run.rises()).isEmpty();
	}

	@Test
	void aRiseThatGoesOnIsOneRise() {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT);
		run.live(20, (minute) -> 6 * minute);
		for (int i = 0; i < 600; i++) {
			run.live(1, (minute) -> 6 * minute);
			assertThat(run.rises()).singleElement().returns(0L, Rise::from);
		}
	}

	@Test
	void eachResourceHasARiseOfItsOwn() {
		ManualTicker ticker = new ManualTicker();
		Growth growth = new Growth(ticker);
		for (int i = 0; i < 100; i++) {
			growth.sample(Resource.THREADS, 100, i);
			growth.sample(Resource.LEASES, i, i);
			growth.sample(Resource.CLOSE_WAIT, i, i);
			ticker.advance(Duration.ofSeconds(10));
		}
		assertThat(growth.rises()).extracting(Rise::resource).containsExactly(Resource.LEASES, Resource.CLOSE_WAIT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 14, 25, 45, 60, 90 })
	void theDistanceOfTheValuesDoesNotMatter(int seconds) {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT);
		assertThat(run.live(60, Duration.ofSeconds(seconds), (minute) -> 6 * minute)).isBetween(12.0, 23.0);
	}

	@Test
	void afterASilenceNothingIsKnown() {
		GrowthRun run = leaking();
		run.pass(Duration.ofMinutes(31));
		run.live(10, (minute) -> 600 + minute);
		assertThat(run.rises()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aJumpIsNoRise(Resource resource) {
		GrowthRun run = new GrowthRun(resource);
		assertThat(run.live(300, (minute) -> (minute < 40) ? 10 : 2_000)).isNegative();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 3, 5, 8, 11 })
	void anApplicationThatWarmsUpHasNoRise(double minutes) {
		GrowthRun even = new GrowthRun(Resource.THREADS);
		assertThat(even.live(300, (minute) -> 20 + 400 * Math.min(1, minute / minutes))).isNegative();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 3, 5, 8, 10 })
	void aPoolThatFillsUpSlowerAndSlowerHasNoRise(double minutes) {
		GrowthRun slowingDown = new GrowthRun(Resource.DESCRIPTORS);
		assertThat(slowingDown.live(300, (minute) -> 50 + 2_000 * (1 - Math.exp(-minute / minutes)))).isNegative();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.5, 2, 5, 10, 12 })
	void whatTheGarbageCollectorTakesBackIsNoRise(double period) {
		GrowthRun run = new GrowthRun(Resource.DESCRIPTORS);
		assertThat(run.live(DAY, (minute) -> 100 + 3_000 * (minute % period) / period)).isNegative();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 2, 5, 10, 16 })
	void aBurstThatRecedesIsNoRise(double minutes) {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT);
		assertThat(run.live(120, (minute) -> 5 + 500 * Math.max(0, 1 - Math.abs(2 * (minute - 60) / minutes))))
			.isNegative();
	}

	@Test
	void aBurstThatRisesForTenMinutesIsToldUntilItRecedes() {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT);
		DoubleUnaryOperator burst = (minute) -> 5 + 500 * Math.max(0, 1 - Math.abs(minute - 60) / 10);
		assertThat(run.live(66, burst)).isBetween(58.0, 62.0);
		run.live(2, burst);
		assertThat(run.rises()).isEmpty();
		assertThat(run.live(120, burst)).isNegative();
	}

	@ParameterizedTest
	@CsvSource({ "THREADS, 40", "DESCRIPTORS, 200", "LEASES, 0", "CLOSE_WAIT, 0" })
	void whatFollowsTrafficThroughTheDayIsNoRise(Resource resource, double base) {
		DoubleUnaryOperator perSecond = (minute) -> 100 * (1 - 0.95 * Math.cos(2 * Math.PI * minute / DAY));
		GrowthRun run = new GrowthRun(resource, perSecond);
		assertThat(run.live(3 * DAY, (minute) -> base + 10 * perSecond.applyAsDouble(minute))).isNegative();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 5, 15, 30, 120 })
	void whatFollowsTrafficFromNothingIsNoRise(double minutes) {
		DoubleUnaryOperator perSecond = (minute) -> 500 * Math.min(1, Math.max(0, minute - 30) / minutes);
		GrowthRun run = new GrowthRun(Resource.THREADS, perSecond);
		assertThat(run.live(300, (minute) -> 30 + perSecond.applyAsDouble(minute))).isNegative();
	}

	@Test
	void whatCameBackByItselfIsKnownTheNextTime() {
		GrowthRun run = new GrowthRun(Resource.DESCRIPTORS);
		DoubleUnaryOperator tooth = (minute) -> 100 + 60 * (minute % 20);
		assertThat(run.live(22.5, tooth)).isPositive();
		assertThat(run.rises()).isEmpty();
		assertThat(run.live(DAY, tooth)).isNegative();
	}

	private static GrowthRun leaking() {
		GrowthRun run = new GrowthRun(Resource.CLOSE_WAIT);
		assertThat(run.live(100, (minute) -> 6 * minute)).isPositive();
		return run;
	}

}
