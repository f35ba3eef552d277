/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any sequence of operations against a model that knows no concurrency.
 */
@Tag("C1")
@Tag("F4")
@Tag("G4")
class LimiterModelTests {

	private static final LimiterSettings INITIAL = new LimiterSettings(Mode.ENFORCE, 5, 0, Duration.ZERO, 2);

	@Property(tries = 500)
	void decidesAsTheModelDoes(@ForAll("operations") List<Operation> operations) {
		Map<String, LaneSettings> routes = new LinkedHashMap<>();
		routes.put("a", LaneSettings.NONE);
		routes.put("b", new LaneSettings(2, null, null));
		Limiter limiter = new Limiter(INITIAL, routes, Ticker.system());
		LimiterModel model = new LimiterModel(INITIAL, routes);
		for (Operation operation : operations) {
			operation.apply(limiter, model);
			assertThat(limiter.inFlight()).isEqualTo(model.inFlight());
			assertThat(limiter.state().parked()).isEqualTo(model.parked());
			assertThat(limiter.state().routes()).extracting(LimiterState.LaneState::inFlight)
				.containsExactly(model.inLane("a"), model.inLane("b"));
		}
		assertThat(limiter.queued()).isZero();
	}

	@Provide
	Arbitrary<List<Operation>> operations() {
		Arbitrary<String> lanes = Arbitraries.of("", "a", "b");
		Arbitrary<Mode> modes = Arbitraries.of(Mode.class);
		Arbitrary<Operation> admit = lanes.map(LimiterModelTests::admit);
		Arbitrary<Operation> release = lanes.map(LimiterModelTests::release);
		Arbitrary<Operation> park = lanes.map(LimiterModelTests::park);
		Arbitrary<Operation> releaseParked = lanes.map(LimiterModelTests::releaseParked);
		Arbitrary<Operation> change = Combinators.combine(modes, Arbitraries.integers().between(1, 8))
			.as((mode, limit) -> change(INITIAL.withMode(mode).withLimit(limit)));
		Arbitrary<Operation> changeLane = Combinators
			.combine(Arbitraries.of("a", "b"), Arbitraries.integers().between(1, 4).injectNull(0.5),
					Arbitraries.of(Priority.class).injectNull(0.5), modes.injectNull(0.5))
			.as((lane, limit, priority, mode) -> change(lane, new LaneSettings(limit, priority, mode)));
		return Arbitraries
			.frequencyOf(Tuple.of(10, admit), Tuple.of(4, release), Tuple.of(2, park), Tuple.of(1, releaseParked),
					Tuple.of(1, change), Tuple.of(1, changeLane))
			.list()
			.ofMaxSize(100);
	}

	private static Operation admit(String lane) {
		return (limiter, model) -> assertThat(limiter.admit(Lanes.of(limiter, lane), Lifetime.current()))
			.isEqualTo(model.admit(lane));
	}

	private static Operation release(String lane) {
		return (limiter, model) -> {
			if (model.release(lane)) {
				limiter.release(Lanes.of(limiter, lane));
			}
		};
	}

	private static Operation park(String lane) {
		return (limiter, model) -> {
			if (model.holds(lane)) {
				assertThat(limiter.park(Lanes.of(limiter, lane))).isEqualTo(model.park(lane));
			}
		};
	}

	private static Operation releaseParked(String lane) {
		return (limiter, model) -> {
			if (model.releaseParked(lane)) {
				limiter.releaseParked(Lanes.of(limiter, lane));
			}
		};
	}

	private static Operation change(LimiterSettings settings) {
		return (limiter, model) -> {
			limiter.update((before) -> settings);
			model.change(settings);
		};
	}

	private static Operation change(String lane, LaneSettings settings) {
		return (limiter, model) -> {
			limiter.update(Lanes.of(limiter, lane), (before) -> settings);
			model.change(lane, settings);
		};
	}

	/**
	 * One step of a sequence.
	 */
	@FunctionalInterface
	interface Operation {

		void apply(Limiter limiter, LimiterModel model);

	}

}
