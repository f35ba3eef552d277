/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.holdfast.client.Pool.Connections;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the meters of the clients: those of a client when it is built, those of a
 * target when it is first called. All read what is counted anyway, so that a call pays
 * nothing for them. Failures get a meter with the first of their kind, for most of the
 * combinations of kind and phase never happen.
 */
final class ClientMetrics implements MeterBinder {

	private final Pools pools;

	ClientMetrics(Pools pools) {
		this.pools = pools;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.pools.onEach((pool) -> bind(registry, pool));
	}

	private static void bind(MeterRegistry registry, Pool pool) {
		ClientStats stats = pool.stats();
		Tags client = Tags.of("client", stats.client());
		for (CallPhase phase : CallPhase.values()) {
			counter(registry, ClientMeter.EXCEEDED, client.and("phase", phase.label()), stats,
					(source) -> source.exceededCount(phase));
		}
		Arrays.stream(RetryOutcome.values())
			.forEach((outcome) -> counter(registry, ClientMeter.RETRIES, client.and("outcome", outcome.label()), stats,
					(source) -> source.retryCount(outcome)));
		counter(registry, ClientMeter.BLOCKED, client, stats, ClientStats::blockedCount);
		stats.onEachFailure((kind, phase) -> failure(registry, stats, client, kind, phase));
		stats.onEachTarget((target) -> bind(registry, pool, target, client.and("target", target.target())));
	}

	private static void failure(MeterRegistry registry, ClientStats stats, Tags client, FailureKind kind,
			CallPhase phase) {
		counter(registry, ClientMeter.FAILED, client.and("kind", kind.label(), "phase", phase.label()), stats,
				(source) -> source.failedCount(kind, phase));
	}

	private static void bind(MeterRegistry registry, Pool pool, TargetStats target, Tags tags) {
		gauge(registry, ClientMeter.CONNECTIONS, tags.and("state", "leased"), pool,
				(source) -> now(source, target).leased());
		gauge(registry, ClientMeter.CONNECTIONS, tags.and("state", "idle"), pool,
				(source) -> now(source, target).idle());
		gauge(registry, ClientMeter.CONNECTIONS, tags.and("state", "draining"), pool, (source) -> target.drainingNow());
		gauge(registry, ClientMeter.PENDING, tags, pool, (source) -> now(source, target).pending());
		timer(registry, ClientMeter.LEASE, tags, target.leases());
		timer(registry, ClientMeter.CONNECT, tags, target.connects());
		timer(registry, ClientMeter.HANDSHAKE, tags.and("resumed", "true"), target.handshakes(true));
		timer(registry, ClientMeter.HANDSHAKE, tags.and("resumed", "false"), target.handshakes(false));
		counter(registry, ClientMeter.OPENED, tags, target, TargetStats::openedCount);
		for (CloseReason reason : CloseReason.values()) {
			counter(registry, ClientMeter.CLOSED, tags.and("reason", reason.label()), pool,
					(source) -> target.closedCount(reason, () -> now(source, target).open()));
		}
	}

	private static Connections now(Pool pool, TargetStats target) {
		return pool.connectionsByTarget().getOrDefault(target.target(), Connections.NONE);
	}

	private static <T> void counter(MeterRegistry registry, ClientMeter meter, Tags tags, T source,
			ToDoubleFunction<T> count) {
		FunctionCounter.builder(meter.meterName(), source, count)
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

	private static <T> void gauge(MeterRegistry registry, ClientMeter meter, Tags tags, T source,
			ToDoubleFunction<T> value) {
		Gauge.builder(meter.meterName(), source, value)
			.description(meter.description())
			.tags(tags)
			.strongReference(true)
			.register(registry);
	}

	private static void timer(MeterRegistry registry, ClientMeter meter, Tags tags, TimeSketch sketch) {
		FunctionTimer.builder(meter.meterName(), sketch, TimeSketch::count, TimeSketch::seconds, TimeUnit.SECONDS)
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

}
