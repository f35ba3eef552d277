/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.socket.SocketState;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is published.
 */
@Tag("G4")
class LeakMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ManualTicker ticker = new ManualTicker();

	// a registry does not keep what it counts
	private @Nullable KnownLeaks bound;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void suspectedAndReclaimedLeasesAreCountedByClient() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1),
				KnownLease.abandoned("quotes", 2), KnownLease.collected("stock", 3));
		bind(leaks);
		assertThat(count("holdfast.leaks.suspected", "client", "quotes", "kind", "abandoned")).isEqualTo(2);
		assertThat(count("holdfast.leaks.suspected", "client", "stock", "kind", "collected")).isOne();
		assertThat(count("holdfast.leaks.reclaimed", "client", "stock", "tier", "certain")).isOne();
		leaks.detector().look();
		assertThat(count("holdfast.leaks.suspected", "client", "quotes", "kind", "abandoned")).isEqualTo(2);
	}

	@Test
	void whatIsSuspectedLaterIsPublishedThen() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder);
		bind(leaks);
		assertThat(this.registry.getMeters()).isEmpty();
		leaks.leases().add(KnownLease.abandoned("quotes", 1));
		leaks.detector().look();
		assertThat(count("holdfast.leaks.suspected", "client", "quotes", "kind", "abandoned")).isOne();
	}

	@Test
	void socketsAndPortsAreReadWhenTheRegistryIs() {
		KnownSockets sockets = KnownSockets.in(this.folder, 5, SocketState.TIME_WAIT);
		sockets.counters(11, 3);
		bind(new KnownLeaks(sockets.reader(this.ticker)));
		assertThat(inState("time-wait")).isEqualTo(5);
		assertThat(inState("close-wait")).isZero();
		assertThat(this.registry.get("holdfast.ports.ephemeral.used").gauge().value()).isEqualTo(0.25);
		assertThat(count("holdfast.sockets.retransmits")).isEqualTo(11);
		assertThat(count("holdfast.sockets.listen.overflows")).isEqualTo(3);

		sockets.set(10, SocketState.CLOSE_WAIT);
		sockets.counters(12, 4);
		this.ticker.advance(Duration.ofSeconds(1));
		assertThat(inState("time-wait")).isZero();
		assertThat(inState("close-wait")).isEqualTo(10);
		assertThat(this.registry.get("holdfast.ports.ephemeral.used").gauge().value()).isEqualTo(0.5);
		assertThat(count("holdfast.sockets.retransmits")).isEqualTo(12);
		assertThat(count("holdfast.sockets.listen.overflows")).isEqualTo(4);
	}

	@Test
	void whatIsPublishedIsWhatIsDescribed() {
		KnownSockets sockets = KnownSockets.in(this.folder, 5, SocketState.TIME_WAIT);
		sockets.counters(11, 3);
		bind(new KnownLeaks(sockets.reader(this.ticker), KnownLease.abandoned("quotes", 1),
				KnownLease.collected("stock", 2)));
		for (LeakMeter meter : LeakMeter.values()) {
			List<Meter> published = List.copyOf(this.registry.find(meter.meterName()).meters());
			assertThat(published).as(meter.meterName()).isNotEmpty().allSatisfy((found) -> {
				assertThat(found.getId().getDescription()).isEqualTo(meter.description());
				assertThat(found.getId().getTags()).hasSameSizeAs(meter.tags().keySet())
					.allSatisfy((tag) -> assertThat(meter.tags()).containsKey(tag.getKey()));
				meter.tags()
					.forEach((key,
							values) -> assertThat(key.equals("client")
									|| values.contains(Objects.requireNonNull(found.getId().getTag(key))))
								.as(key)
								.isTrue());
			});
		}
		List<String> described = Arrays.stream(LeakMeter.values()).map(LeakMeter::meterName).toList();
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName()).isSubsetOf(described);
	}

	@Test
	void aKernelWithoutCountersHasNoMetersOfThem() {
		bind(new KnownLeaks(KnownSockets.in(this.folder, 5, SocketState.TIME_WAIT).reader(this.ticker)));
		assertThat(inState("time-wait")).isEqualTo(5);
		assertThat(this.registry.find("holdfast.sockets.retransmits").meters()).isEmpty();
		assertThat(this.registry.find("holdfast.sockets.listen.overflows").meters()).isEmpty();
	}

	@Test
	void whereSocketsAreNotKnownOnlyLeasesAreCounted() {
		bind(KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1)));
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly("holdfast.leaks.suspected");
	}

	@AfterEach
	void wasBound() {
		assertThat(this.bound).isNotNull();
	}

	private void bind(KnownLeaks leaks) {
		this.bound = leaks;
		new LeakMetrics(leaks.detector(), leaks.resources().sockets()).bindTo(this.registry);
	}

	private double inState(String state) {
		return this.registry.get("holdfast.sockets").tag("state", state).gauge().value();
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).functionCounter().count();
	}

}
