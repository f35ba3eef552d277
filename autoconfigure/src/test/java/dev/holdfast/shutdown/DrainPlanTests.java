/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("D6")
class DrainPlanTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void outsideOfKubernetesNothingIsWaitedFor() {
		assertThat(plan().delay()).isZero();
		assertThat(plan().fits()).as("nobody has said how long the process has").isTrue();
	}

	@Test
	void onKubernetesTheDefaultsFitExactly() {
		kubernetes();
		set(ShutdownValidation.PHASE_KEY, "12s");
		DrainPlan plan = plan();
		assertThat(plan.delay()).isEqualTo(Duration.ofSeconds(10));
		assertThat(plan.total()).isEqualTo(plan.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
		assertThat(plan.fits()).isTrue();
	}

	@Test
	void bootsOwnPhaseDoesNotFitAndTheSumSaysWhy() {
		kubernetes();
		DrainPlan plan = plan();
		assertThat(plan.fits()).isFalse();
		assertThat(plan.sum())
			.isEqualTo("preStop sleep 0s + delay 10s + requests 30s + executors and pools 5s + reserve 3s = 48s");
	}

	@Test
	void sleepOfTheHookIsTakenFromTheDelay() {
		kubernetes();
		set("holdfast.shutdown.prestop-sleep", "4s");
		assertThat(plan().delay()).isEqualTo(Duration.ofSeconds(6));
		set("holdfast.shutdown.prestop-sleep", "15s");
		assertThat(plan().delay()).isZero();
		assertThat(plan().total()).as("but it counts").isEqualTo(Duration.ofSeconds(15 + 30 + 8));
	}

	@Test
	void delayThatIsSetWinsEverywhere() {
		set("holdfast.shutdown.delay", "25s");
		assertThat(plan().delay()).isEqualTo(Duration.ofSeconds(25));
		assertThat(plan().fits()).isFalse();
		set("holdfast.shutdown.grace-period", "2m");
		assertThat(plan().fits()).isTrue();
	}

	@Test
	void reserveIsAQuarterOfAShortPhaseAndTwoSecondsOfALongOne() {
		set(ShutdownValidation.PHASE_KEY, "4s");
		assertThat(plan().reserve()).isEqualTo(Duration.ofSeconds(1));
		set(ShutdownValidation.PHASE_KEY, "30s");
		assertThat(plan().reserve()).isEqualTo(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@CsvSource({ "delay, -1s", "delay, 10m", "grace-period, 0s", "prestop-sleep, -5s", "quiet-period, 100ms",
			"quiet-period, -1s" })
	void timeThatMakesNoSenseIsRefusedByName(String key, String value) {
		set("holdfast.shutdown." + key, value);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::plan)
			.withMessageContaining("holdfast.shutdown." + key)
			.withMessageContaining("must lie between");
	}

	@Test
	void shortTokenIsRefusedWithoutBeingRepeated() {
		set("holdfast.shutdown.prestop-token", "guess-me");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ShutdownValidation.token(properties()))
			.withMessageContaining("holdfast.shutdown.prestop-token")
			.withMessageContaining("at least 16 characters")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("guess-me"));
	}

	private void kubernetes() {
		set("KUBERNETES_SERVICE_HOST", "10.0.0.1");
	}

	private void set(String key, String value) {
		this.environment.setProperty(key, value);
	}

	private ShutdownProperties properties() {
		return Binder.get(this.environment).bindOrCreate("holdfast.shutdown", ShutdownProperties.class);
	}

	private DrainPlan plan() {
		return ShutdownValidation.plan(properties(), this.environment);
	}

}
