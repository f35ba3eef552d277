/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is taken back, and what is remembered of it.
 */
@Tag("A1")
class LeakReclaimTests extends AbstractLeakTests {

	@ParameterizedTest
	@EnumSource
	void theSettingSaysWhatIsTakenBack(Reclaim reclaim) {
		LeakDetector detector = detector(reclaim);
		TestLease collected = lent().collect();
		TestLease abandoned = lent().idle(RECLAIM_AFTER);
		TestLease held = lent().during(RUNNING).idle(RECLAIM_AFTER);
		TestLease waiting = lent().in(Activity.RECEIVING).idle(RECLAIM_AFTER);
		detector.look();
		assertThat(List.of(collected.reclaims(), abandoned.reclaims(), held.reclaims(), waiting.reclaims()))
			.isEqualTo(expected(reclaim));
		LeakCounts counts = detector.counts();
		assertThat(counts.reclaimedCount(Reclaim.CERTAIN)).isEqualTo(collected.reclaims());
		assertThat(counts.reclaimedCount(Reclaim.ABANDONED)).isEqualTo(abandoned.reclaims());
		assertThat(detector.suspects()).hasSize(4 - collected.reclaims() - abandoned.reclaims());
	}

	private static List<Integer> expected(Reclaim reclaim) {
		return switch (reclaim) {
			case NONE -> List.of(0, 0, 0, 0);
			case CERTAIN -> List.of(1, 0, 0, 0);
			case ABANDONED -> List.of(1, 1, 0, 0);
		};
	}

	@Test
	void withoutATimeNothingAbandonedIsTakenBack() {
		TestLease lease = lent().idle(Duration.ofDays(1));
		LeakDetector detector = new LeakDetector(new LeakSettings(AFTER, Reclaim.ABANDONED, null, Stacks.OFF),
				() -> List.of(this.source), new CallSites(Stacks.OFF), this.ticker);
		detector.look();
		assertThat(lease.reclaims()).isZero();
		assertThat(detector.suspects()).hasSize(1);
	}

	@Test
	void anAbandonedLeaseIsTakenBackAfterItsLastUseNotItsFirst() {
		LeakDetector detector = detector(Reclaim.ABANDONED);
		TestLease lease = lent().in(Activity.RECEIVING)
			.moves(1 << 20, Duration.ofMinutes(10))
			.in(Activity.APPLICATION)
			.idle(RECLAIM_AFTER.minusSeconds(1));
		detector.look();
		assertThat(lease.reclaims()).isZero();
		assertThat(kinds(detector)).containsExactly(SuspicionKind.ABANDONED);
		lease.idle(LOOK);
		detector.look();
		assertThat(lease.reclaims()).isOne();
		assertThat(detector.suspects()).isEmpty();
		this.source.giveBack(lease);
		detector.look();
		assertThat(detector.counts().lateCount()).isZero();
	}

	@Test
	void whatCannotBeTakenBackStaysListedAndIsNotCounted() {
		LeakDetector detector = detector(Reclaim.CERTAIN);
		TestLease lease = lent().collect().notReclaimable();
		detector.look();
		detector.look();
		assertThat(lease.reclaims()).isEqualTo(2);
		assertThat(kinds(detector)).containsExactly(SuspicionKind.COLLECTED);
		assertThat(detector.counts().reclaimedCount(Reclaim.CERTAIN)).isZero();
		assertThat(detector.reclaimed()).isEmpty();
		assertThat(suspected(detector, SuspicionKind.COLLECTED)).isOne();
	}

	@Test
	void theNewestFiftyAreRemembered() {
		LeakDetector detector = detector(Reclaim.CERTAIN);
		for (int i = 0; i < 60; i++) {
			TestLease lease = new TestLease("quotes", "GET /" + i).during(RUNNING).collect().idle(LOOK);
			this.source.add(lease);
			detector.look();
			this.source.giveBack(lease);
			this.ticker.advance(LOOK);
		}
		assertThat(detector.reclaimed()).extracting(Reclaimed::operation)
			.containsExactlyElementsOf(IntStream.range(0, 50).mapToObj((i) -> "GET /" + (59 - i)).toList());
		assertThat(detector.reclaimed().get(0)).satisfies((newest) -> {
			assertThat(newest.pool()).isEqualTo("quotes");
			assertThat(newest.target()).isEqualTo("http://quotes.test:80");
			assertThat(newest.origin()).isEqualTo(RUNNING);
			assertThat(newest.tier()).isEqualTo(Reclaim.CERTAIN);
			assertThat(newest.ageNanos()).isEqualTo(LOOK.toNanos());
			assertThat(newest.site()).isEmpty();
			assertThat(detector.agoNanos(newest)).isEqualTo(LOOK.toNanos());
		});
		assertThat(detector.counts().reclaimedCount(Reclaim.CERTAIN)).isEqualTo(60);
	}

}
