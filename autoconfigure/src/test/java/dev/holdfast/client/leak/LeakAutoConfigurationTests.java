/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.holdfast.client.ClientAutoConfiguration;
import dev.holdfast.client.Pools;
import dev.holdfast.client.apache.ApacheClientAutoConfiguration;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.socket.Sockets;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is there with which library and which setting.
 */
@Tag("A1")
class LeakAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=leaks";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(LeakAutoConfiguration.class, HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
				ClientAutoConfiguration.class, ApacheClientAutoConfiguration.class));

	@Test
	void leasesOfTheClientsAreLookedAt() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			assertThat(context).hasSingleBean(LeakDetector.class)
				.hasSingleBean(CallSites.class)
				.hasSingleBean(LeakMetrics.class)
				.hasSingleBean(LeaksEndpoint.class)
				.hasSingleBean(LeakHealth.class)
				.hasSingleBean(LeakReport.class);
			assertThat(context.getBean(LeakWatch.class).isRunning()).isTrue();
			assertThat(context.getBean(Resources.class).sources())
				.containsExactlyElementsOf(context.getBeanProvider(PoolSource.class).orderedStream().toList())
				.isNotEmpty();
		});
	}

	@Test
	void disabledIsAsIfWeWereNotThere() {
		this.runner.withPropertyValues("holdfast.enabled=false", EXPOSED)
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("oldfast") || name.contains("leak")));
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(LeaksEndpoint.class));
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.leaks.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(LeaksEndpoint.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.leaks.enabled=false", "management.health.defaults.enabled=false" })
	void healthCanBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LeakHealth.class));
	}

	@Test
	void withoutMicrometerNothingIsPublished() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LeakWatch.class)
				.doesNotHaveBean("holdfastLeakMetrics"));
	}

	@Test
	void withoutTheActuatorThereIsNoEndpoint() {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LeakWatch.class)
				.doesNotHaveBean("leaksEndpoint"));
	}

	@Test
	void withoutHealthThereIsNoIndicator() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LeakWatch.class)
				.doesNotHaveBean("leaksHealthIndicator"));
	}

	@Test
	void withoutHttpClientOtherPoolsAreLookedAt() {
		this.runner.withClassLoader(new FilteredClassLoader(HttpClientBuilder.class))
			.withBean(KnownSource.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				KnownSource source = context.getBean(KnownSource.class);
				assertThat(context.getBean(Resources.class).sources()).containsExactly(source);
				await().until(() -> source.asking.get() != null);
			});
	}

	@Test
	void withoutAnyClientItStarts() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LeakAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(LeakWatch.class).doesNotHaveBean(Pools.class);
				assertThat(context.getBean(Resources.class).sources()).isEmpty();
			});
	}

	@Test
	void threadEndsWithTheContext() {
		AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
		this.runner.withBean(KnownSource.class).run((context) -> {
			KnownSource source = context.getBean(KnownSource.class);
			await().until(() -> source.asking.get() != null);
			thread.set(source.asking.get());
		});
		assertThat(thread.get()).isNotNull()
			.satisfies((asking) -> assertThat(asking.getName()).isEqualTo("holdfast-leaks"));
		await().until(() -> !Objects.requireNonNull(thread.get()).isAlive());
	}

	@Test
	void anotherPlatformHasNoSocketsAndEverythingElse(@TempDir Path empty) {
		this.runner.withPropertyValues(EXPOSED)
			.withBean(Sockets.class, () -> new Sockets(empty, System::nanoTime, () -> -1))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				LeaksDescriptor answer = context.getBean(LeaksEndpoint.class).leaks(SecurityContext.NONE);
				assertThat(answer.sockets().available()).isFalse();
				assertThat(answer.sockets().reason()).contains("There is no", "Linux only");
				assertThat(answer.ports()).isNull();
				assertThat(context.getBean(LeakHealth.class).health().getStatus().getCode()).isEqualTo("UP");
				assertThat(context.getBean(LeakReport.class).findings()).isEmpty();
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "suspect-after=0s; suspect-after; between 1s and 1d", "suspect-after=2d; suspect-after; between",
					"reclaim=abandoned; reclaim; Set holdfast.leak.reclaim-after",
					"reclaim-after=29s; reclaim-after; between holdfast.leak.suspect-after (PT30S) and 1d",
					"reclaim-after=2d; reclaim-after; between holdfast.leak.suspect-after" })
	void aWrongValueStopsTheStartWithItsKeyAndARemedy(String setting, String key, String remedy) {
		this.runner.withPropertyValues("holdfast.leak." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("holdfast.leak." + key)
				.hasMessageContaining(remedy));
	}

	@ParameterizedTest
	@CsvSource({ "stacks, sometimes, sometimes", "show-stacks, maybe, maybe", "reclaim, all, all",
			"suspect-after, soon, soon", "suspect, 1s, left unbound" })
	void whatCannotBeBoundStopsTheStartWithItsKey(String key, String value, String expected) {
		this.runner.withPropertyValues("holdfast.leak." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("holdfast.leak")
				.hasStackTraceContaining(key)
				.hasStackTraceContaining(expected));
	}

	@Test
	void settingsReachWhoUsesThem() {
		this.runner
			.withPropertyValues("holdfast.leak.suspect-after=2s", "holdfast.leak.reclaim=abandoned",
					"holdfast.leak.reclaim-after=4s", "holdfast.leak.stacks=always")
			.run((context) -> {
				assertThat(context.getBean(CallSites.class).isArmed()).isTrue();
				List<Setting> settings = context.getBeanProvider(Protection.class)
					.stream()
					.filter((protection) -> protection.name().equals("leak"))
					.flatMap((protection) -> protection.settings().stream())
					.toList();
				assertThat(settings).extracting(Setting::value)
					.containsExactly("2000ms", "abandoned", "4000ms", "always");
				assertThat(settings).extracting(Setting::source).containsOnly("properties");
			});
	}

	/**
	 * Remembers who asks.
	 */
	static final class KnownSource implements PoolSource {

		private final AtomicReference<@Nullable Thread> asking = new AtomicReference<>();

		@Override
		public List<PoolUse> pools() {
			return List.of();
		}

		@Override
		public List<Lease> leases() {
			this.asking.set(Thread.currentThread());
			return List.of();
		}

	}

}
