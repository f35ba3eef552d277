/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads at once: nothing is overstepped, nothing is lost.
 */
@Tag("C1")
@Tag("F1")
class LimiterStressTests {

	private static final Duration TIME = Duration.ofMillis(1_500);

	private final Limiter limiter = new Limiter(new LimiterSettings(Mode.ENFORCE, 6, 6, 2, Duration.ofMillis(2), 3),
			routes(), Ticker.system());

	private final List<Lane> lanes = Stream.of("", "critical", "bulk", "export")
		.map((name) -> Lanes.of(this.limiter, name))
		.toList();

	private final LongAdder attempts = new LongAdder();

	private final LongAdder admitted = new LongAdder();

	private final AtomicInteger[] holders = Stream.generate(AtomicInteger::new)
		.limit(this.lanes.size())
		.toArray(AtomicInteger[]::new);

	private final AtomicInteger all = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger mostOfExport = new AtomicInteger();

	@Test
	void neverMoreHoldAPermitThanTheLimitsAllow() throws Exception {
		Race.of(24).during(TIME, (thread) -> hold(random(this.lanes)));
		assertThat(this.most).hasValueBetween(1, 6);
		assertThat(this.mostOfExport).hasValueBetween(1, 2);
		assertThatNothingIsLeft();
	}

	@Test
	void neverMoreHoldAPermitThanTheLimitWhenNobodyWaits() throws Exception {
		this.limiter.update((before) -> new LimiterSettings(Mode.ENFORCE, 6, 0, Duration.ZERO, 3));
		Race.of(24).during(TIME, (thread) -> hold(random(this.lanes)));
		assertThat(this.most).hasValueBetween(1, 6);
		assertThat(this.mostOfExport).hasValueBetween(1, 2);
		assertThatNothingIsLeft();
		assertThatEveryAttemptIsCounted();
	}

	@Test
	@Tag("F4")
	void nothingIsLostWhileSettingsChange() throws Exception {
		Race.of(24).during(TIME, (thread) -> {
			if (thread == 0) {
				change();
			}
			else {
				hold(random(this.lanes));
			}
		});
		assertThatNothingIsLeft();
	}

	@Test
	void nothingIsLostWhereRequestsPark() throws Exception {
		Race.of(16).during(TIME, (thread) -> holdOrPark(random(this.lanes)));
		assertThat(this.limiter.state().parked()).isZero();
		assertThatNothingIsLeft();
		assertThatEveryAttemptIsCounted();
	}

	@Test
	void nothingIsLostWhereLifetimesEndDuringTheWait() throws Exception {
		Queue<OwnedLifetime> lifetimes = new ConcurrentLinkedQueue<>();
		Race.of(16).during(TIME, (thread) -> {
			if (thread == 0) {
				OwnedLifetime lifetime = lifetimes.poll();
				if (lifetime != null) {
					lifetime.end(EndReason.CLIENT_GONE);
				}
			}
			else {
				OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
				lifetimes.add(lifetime);
				hold(random(this.lanes), lifetime);
			}
		});
		assertThatNothingIsLeft();
		assertThatEveryAttemptIsCounted();
	}

	private void hold(Lane lane) {
		hold(lane, Lifetime.current());
	}

	private void hold(Lane lane, Lifetime lifetime) {
		if (admit(lane, lifetime)) {
			int index = this.lanes.indexOf(lane);
			this.most.accumulateAndGet(this.all.incrementAndGet(), Math::max);
			int inLane = this.holders[index].incrementAndGet();
			if (lane.name().equals("export")) {
				this.mostOfExport.accumulateAndGet(inLane, Math::max);
			}
			work();
			this.holders[index].decrementAndGet();
			this.all.decrementAndGet();
			this.limiter.release(lane);
		}
	}

	private void holdOrPark(Lane lane) {
		if (admit(lane, Lifetime.current())) {
			if (ThreadLocalRandom.current().nextBoolean() && this.limiter.park(lane)) {
				work();
				this.limiter.releaseParked(lane);
			}
			else {
				this.limiter.release(lane);
			}
		}
	}

	private boolean admit(Lane lane, Lifetime lifetime) {
		this.attempts.increment();
		boolean holds = this.limiter.admit(lane, lifetime) == Admission.Admitted.INSTANCE;
		if (holds) {
			this.admitted.increment();
		}
		return holds;
	}

	private void change() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		switch (random.nextInt(4)) {
			case 0 -> this.limiter.update((before) -> before.withLimit(1 + random.nextInt(8)));
			case 1 -> this.limiter.update((before) -> before.withMode(random(List.of(Mode.values()))));
			case 2 -> this.limiter.update((before) -> new LimiterSettings(before.mode(), before.limit(),
					random.nextInt(3), random.nextInt(3), Duration.ofMillis(random.nextInt(3)), 3));
			default -> this.limiter.update(random(this.lanes.subList(1, 4)),
					(before) -> new LaneSettings(random.nextBoolean() ? null : 1 + random.nextInt(3),
							random(List.of(Priority.values())), random(List.of(Mode.values()))));
		}
		work();
	}

	private static void work() {
		LockSupport.parkNanos(20_000);
	}

	private void assertThatNothingIsLeft() {
		assertThat(this.limiter.inFlight()).as("in flight").isZero();
		assertThat(this.limiter.queued()).as("queued").isZero();
		assertThat(this.lanes).extracting((lane) -> lane.held.held()).containsOnly(0);
		assertThat(this.lanes).extracting((lane) -> lane.waiters.size()).containsOnly(0);
		assertThat(this.limiter.admitted()).isEqualTo(this.admitted.sum()).isPositive();
	}

	private void assertThatEveryAttemptIsCounted() {
		long shed = this.limiter.state().shed().values().stream().mapToLong(Long::longValue).sum();
		assertThat(this.limiter.admitted() + shed).isEqualTo(this.attempts.sum());
	}

	private static <T> T random(List<T> any) {
		return any.get(ThreadLocalRandom.current().nextInt(any.size()));
	}

	private static Map<String, LaneSettings> routes() {
		Map<String, LaneSettings> routes = new LinkedHashMap<>();
		routes.put("critical", new LaneSettings(null, Priority.CRITICAL, null));
		routes.put("bulk", new LaneSettings(null, Priority.BULK, null));
		routes.put("export", new LaneSettings(2, Priority.DEFAULT, null));
		return routes;
	}

}
