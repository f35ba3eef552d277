/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class LimiterPriorityTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			200, 200, 180, 120, 60
			10,   10,   9,   6,  3
			9,     9,   8,   5,  2
			3,     3,   2,   1,  1
			1,     1,   1,   1,  1
			""")
	void eachClassMayUseItsShareRoundedDownButOneAtLeast(int limit, int critical, int byDefault, int degraded,
			int bulk) {
		assertThat(Priority.values()).extracting((priority) -> priority.cap(limit))
			.containsExactly(critical, byDefault, degraded, bulk);
	}

	@Test
	void sharesAreExactWhateverTheLimit() {
		for (int limit = 10; limit <= 100_000; limit++) {
			assertThat(Priority.DEFAULT.cap(limit)).isEqualTo(limit * 9 / 10);
			assertThat(Priority.DEGRADED.cap(limit)).isEqualTo(limit * 6 / 10);
			assertThat(Priority.BULK.cap(limit)).isEqualTo(limit * 3 / 10);
		}
	}

	@Test
	void theLessImportantAreRefusedFirstAndTheMostImportantLast() {
		Limiter limiter = prioritised(10);
		assertThat(fill(limiter, "bulk")).isEqualTo(3);
		assertThat(fill(limiter, "degraded")).isEqualTo(6 - 3);
		assertThat(fill(limiter, "")).isEqualTo(9 - 6);
		assertThat(fill(limiter, "critical")).isEqualTo(10 - 9);
		assertThat(limiter.inFlight()).isEqualTo(10);
	}

	@Test
	void aClassFindsNoRoomInWhatMoreImportantOnesUse() {
		Limiter limiter = prioritised(10);
		assertThat(fill(limiter, "")).isEqualTo(9);
		assertThat(fill(limiter, "bulk")).isZero();
		assertThat(fill(limiter, "degraded")).isZero();
		assertThat(limiter.shed(ShedReason.LIMIT, Priority.BULK)).isOne();
		assertThat(limiter.shed(ShedReason.LIMIT, Priority.DEGRADED)).isOne();
		assertThat(limiter.shed(ShedReason.LIMIT, Priority.DEFAULT)).isOne();
	}

	@Test
	void withoutAnyPriorityEverythingMayUseTheWholeLimit() {
		Limiter limiter = limiter(10, Map.of("export", LaneSettings.NONE));
		assertThat(fill(limiter, "export")).isEqualTo(10);
	}

	@Test
	@Tag("F4")
	void sharesApplyFromTheMomentARouteHasAPriority() {
		Limiter limiter = limiter(10, Map.of("export", LaneSettings.NONE));
		Lane export = Lanes.of(limiter, "export");
		limiter.update(export, (before) -> priority(Priority.BULK));
		assertThat(fill(limiter, "export")).isEqualTo(3);
		assertThat(fill(limiter, "")).isEqualTo(6);
		limiter.update(export, (before) -> LaneSettings.NONE);
		assertThat(fill(limiter, "")).isOne();
	}

	@Test
	void aLimitOfTheRouteHoldsWithinTheShare() {
		Limiter limiter = limiter(10, Map.of("export", new LaneSettings(2, Priority.BULK, null)));
		assertThat(fill(limiter, "export")).isEqualTo(2);
		assertThat(limiter.shed(ShedReason.ROUTE, Priority.BULK)).isOne();
	}

	private static int fill(Limiter limiter, String lane) {
		int admitted = 0;
		while (limiter.admit(Lanes.of(limiter, lane), Lifetime.current()) == Admission.Admitted.INSTANCE) {
			admitted++;
		}
		return admitted;
	}

	private static Limiter prioritised(int limit) {
		Map<String, LaneSettings> routes = new LinkedHashMap<>();
		routes.put("bulk", priority(Priority.BULK));
		routes.put("degraded", priority(Priority.DEGRADED));
		routes.put("critical", priority(Priority.CRITICAL));
		return limiter(limit, routes);
	}

	private static LaneSettings priority(Priority priority) {
		return new LaneSettings(null, priority, null);
	}

	private static Limiter limiter(int limit, Map<String, LaneSettings> routes) {
		return new Limiter(new LimiterSettings(Mode.ENFORCE, limit, 0, Duration.ZERO, 1), routes, Ticker.system());
	}

}
