/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.report.MeterDescription;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is described is published, with these tags and no others.
 */
@org.junit.jupiter.api.Tag("G1")
class ClientMetersTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final Pools pools = new Pools();

	private final ClientStats stats = new ClientStats("stock");

	@BeforeEach
	void bind() {
		new ClientMetrics(this.pools).bindTo(this.registry);
		this.pools.add(new KnownPool(this.stats));
		this.stats.target("http://stock:80").opened();
		this.stats.failed(FailureKind.TIMEOUT, CallPhase.HEADERS);
		this.stats.failed(FailureKind.TIMEOUT, CallPhase.HEADERS);
	}

	@ParameterizedTest
	@EnumSource
	void eachMeterIsPublishedAsItIsDescribed(ClientMeter meter) {
		List<Meter> published = new ArrayList<>(this.registry.find(meter.meterName()).meters());
		assertThat(published).isNotEmpty().allSatisfy((found) -> {
			assertThat(found.getId().getDescription()).isEqualTo(meter.description());
			assertThat(found.getId().getType())
				.isEqualTo((meter.kind() == MeterDescription.Kind.GAUGE) ? Meter.Type.GAUGE
						: (meter.kind() == MeterDescription.Kind.TIMER) ? Meter.Type.TIMER : Meter.Type.COUNTER);
			assertThat(found.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrderElementsOf(meter.tags().keySet());
			for (Tag tag : found.getId().getTags()) {
				if (!tag.getKey().equals("client") && !tag.getKey().equals("target")) {
					assertThat(Objects.requireNonNull(meter.tags().get(tag.getKey()))).contains(tag.getValue());
				}
			}
		});
	}

	@Test
	void nothingElseIsPublished() {
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Arrays.stream(ClientMeter.values()).map(ClientMeter::meterName).toArray(String[]::new));
	}

	@Test
	@org.junit.jupiter.api.Tag("B9")
	void failuresAreCountedByKindAndPhase() {
		assertThat(this.registry.get("holdfast.client.calls.failed")
			.tags("client", "stock", "kind", "timeout", "phase", "headers")
			.functionCounter()
			.count()).isEqualTo(2);
		assertThat(this.registry.get("holdfast.client.calls.failed").functionCounters()).hasSize(1);
	}

	@Test
	void targetsBeyondTheBoundShareAName() {
		for (int i = 0; i < 300; i++) {
			this.stats.target("http://host-" + i + ":80").opened();
		}
		assertThat(this.registry.get("holdfast.client.connections.opened").functionCounters())
			.hasSizeLessThanOrEqualTo(ClientStats.MAX_TARGETS + 1);
		assertThat(this.registry.get("holdfast.client.connections.opened")
			.tag("target", "other")
			.functionCounter()
			.count()).isEqualTo(201);
	}

}
