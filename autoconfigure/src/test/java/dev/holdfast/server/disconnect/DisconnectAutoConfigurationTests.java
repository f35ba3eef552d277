/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.time.Duration;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Setting;
import dev.holdfast.server.ConcurrencyAutoConfiguration;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.RequestWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wiring of the disconnect watch.
 */
class DisconnectAutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ConcurrencyAutoConfiguration.class, DisconnectAutoConfiguration.class));

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(ChannelWatch.class)
				.hasSingleBean(DisconnectReport.class)
				.hasSingleBean(DisconnectMetrics.class);
			assertThat(context).hasSingleBean(DisconnectWatch.class);
			assertThat(context.getBean(DisconnectSettings.class)).isEqualTo(new DisconnectSettings(Mode.ENFORCE,
					Duration.ofMillis(500), HalfClose.GONE, CancelPolicy.SAFE, false));
		});
	}

	@Test
	void nobodyIsMetWhenTheWatchIsOff() {
		this.runner.withPropertyValues("holdfast.disconnect.mode=off").run((context) -> {
			assertThat(meet(context)).isNull();
			assertThat(context.getBean(DisconnectReport.class).findings()).isEmpty();
		});
	}

	@Test
	void requestsOfAServerThatTellsNoWireAreAFinding() {
		this.runner.run((context) -> {
			assertThat(meet(context)).isNull();
			assertThat(context.getBean(DisconnectReport.class).findings()).singleElement()
				.extracting(Finding::id)
				.isEqualTo("disconnect-blind");
		});
	}

	@Test
	void metersAreThereFromTheStart() {
		this.runner.run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(DisconnectMetrics.class).bindTo(registry);
			for (DisconnectMeter meter : DisconnectMeter.values()) {
				assertThat(registry.get(meter.meterName()).functionCounter().count()).isZero();
			}
		});
	}

	@Test
	void reportTellsValuesAndWhereTheyComeFrom() {
		this.runner.withPropertyValues("holdfast.disconnect.half-close=ignore").run((context) -> {
			DisconnectReport report = context.getBean(DisconnectReport.class);
			assertThat(report.mode()).isEqualTo(Mode.ENFORCE);
			assertThat(report.settings()).contains(
					new Setting("holdfast.disconnect.half-close", "ignore", "properties"),
					new Setting("holdfast.disconnect.detect-after", "500ms", "default"));
			assertThat(report.findings()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0ms", "49ms", "61m" })
	void timeThatMakesNoSenseStopsTheStart(String time) {
		this.runner.withPropertyValues("holdfast.disconnect.detect-after=" + time)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("holdfast.disconnect.detect-after")
				.hasMessageContaining("between 50ms and 1h"));
	}

	@Test
	void keyThatNobodyReadsStopsTheStart() {
		this.runner.withPropertyValues("holdfast.disconnect.after=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("holdfast.disconnect.after"));
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ChannelWatch.class)
				.doesNotHaveBean("holdfastDisconnectMetrics"));
	}

	@Test
	void startsWithoutActuator() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "com.fasterxml.jackson"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ChannelWatch.class));
	}

	@Test
	void switchedOffItIsAbsent() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelWatch.class));
	}

	@Test
	void applicationWithoutAWebIsLeftAlone() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ConcurrencyAutoConfiguration.class, DisconnectAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelWatch.class));
	}

	private static @Nullable RequestCompanion meet(ApplicationContext context) {
		RunningRequest running = context.getBean(RunningRequests.class)
			.begin("GET", "192.0.2.1", new OwnedLifetime(Deadline.none()));
		return context.getBean(RequestWatch.class).meet(new MockHttpServletRequest(), running, "");
	}

}
