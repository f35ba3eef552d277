/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.Mode;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class WaitQueueTests {

	private static final Duration CONGESTED = Duration.ofMillis(WaitQueue.CONGESTED_AFTER_MILLIS);

	@Test
	void whoFindsAPermitDoesNotWait() {
		TestQueue queue = new TestQueue(1, 10, Map.of());
		Waiter waiter = queue.join("");
		assertThatAnswerOf(waiter).isEqualTo(Admission.Admitted.INSTANCE);
		assertThat(queue.queue().isEmpty()).isTrue();
	}

	@Test
	void theOldestIsServedFirst() {
		TestQueue queue = full(1, 10, Map.of());
		Waiter first = queue.join("");
		Waiter second = queue.join("");
		queue.release("");
		assertThatIsAdmitted(first);
		assertThatWaits(second);
		queue.release("");
		assertThatIsAdmitted(second);
		assertThat(queue.held()).isOne();
	}

	@Test
	void theOldestIsServedFirstAcrossLanes() {
		TestQueue queue = full(1, 10, Map.of("a", LaneSettings.NONE, "b", LaneSettings.NONE));
		Waiter first = queue.join("b");
		Waiter second = queue.join("a");
		queue.release("");
		assertThatIsAdmitted(first);
		assertThatWaits(second);
	}

	@Test
	void theNewestIsServedFirstOnceTheQueueHasNotBeenEmptyForAWhile() {
		TestQueue queue = full(1, 10, Map.of("a", LaneSettings.NONE));
		Waiter oldest = queue.join("");
		Waiter middle = queue.join("a");
		queue.ticker.advance(CONGESTED);
		Waiter newest = queue.join("");
		queue.release("");
		assertThatIsAdmitted(newest);
		queue.release("");
		assertThatIsAdmitted(middle);
		queue.release("a");
		assertThatIsAdmitted(oldest);
	}

	@Test
	void theOldestIsServedFirstUntilThen() {
		TestQueue queue = full(1, 10, Map.of());
		Waiter oldest = queue.join("");
		queue.join("");
		queue.ticker.advance(CONGESTED.minusNanos(1));
		queue.release("");
		assertThatIsAdmitted(oldest);
	}

	@Test
	void theOldestIsServedFirstAgainAfterTheQueueWasEmpty() {
		TestQueue queue = full(1, 10, Map.of());
		queue.join("");
		queue.ticker.advance(CONGESTED);
		queue.release("");
		assertThat(queue.queue().isEmpty()).isTrue();
		Waiter oldest = queue.join("");
		queue.join("");
		queue.release("");
		assertThatIsAdmitted(oldest);
	}

	@Test
	void theMostImportantIsServedFirstWhoeverIsOlder() {
		TestQueue queue = full(10, 10, priorities());
		Waiter bulk = queue.join("bulk");
		Waiter byDefault = queue.join("");
		Waiter critical = queue.join("critical");
		queue.release("critical");
		assertThatIsAdmitted(critical);
		queue.release("critical");
		assertThatWaits(byDefault);
		queue.release("critical");
		assertThatIsAdmitted(byDefault);
		assertThatWaits(bulk);
	}

	@Test
	void theMostImportantIsServedFirstUnderCongestionToo() {
		TestQueue queue = full(10, 10, priorities());
		Waiter critical = queue.join("critical");
		queue.ticker.advance(CONGESTED);
		queue.join("");
		queue.release("critical");
		assertThatIsAdmitted(critical);
	}

	@Test
	void aRouteAtItsOwnLimitIsPassedOver() {
		TestQueue queue = full(2, 10, Map.of("export", limit(1)), "export", "");
		Waiter export = queue.join("export");
		Waiter other = queue.join("");
		queue.release("");
		assertThatWaits(export);
		assertThatIsAdmitted(other);
		queue.release("export");
		assertThatIsAdmitted(export);
	}

	@Test
	void whoFindsAPermitDoesNotWaitForARouteAtItsLimit() {
		TestQueue queue = full(2, 10, Map.of("export", limit(1)), "export");
		Waiter export = queue.join("export");
		assertThatIsAdmitted(queue.join(""));
		assertThatWaits(export);
	}

	@Test
	void aRouteWithALimitMayFillHalfOfTheQueueOnly() {
		TestQueue queue = full(4, 5, Map.of("export", limit(1)), "export", "");
		for (int i = 0; i < 3; i++) {
			assertThatWaits(queue.join("export"));
		}
		assertThatAnswerOf(queue.join("export")).isEqualTo(Admission.Shed.of(ShedReason.ROUTE));
		assertThatWaits(queue.join(""));
		assertThatWaits(queue.join(""));
		assertThatAnswerOf(queue.join("")).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
	}

	@Test
	void aFullQueueRefusesANewcomerWhoIsNotMoreImportant() {
		TestQueue queue = full(10, 2, priorities());
		Waiter first = queue.join("bulk");
		Waiter second = queue.join("");
		assertThatAnswerOf(queue.join("bulk")).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
		assertThatWaits(first);
		assertThatWaits(second);
	}

	@Test
	void aFullQueueSendsTheOldestOfTheLeastImportantAwayForAMoreImportantNewcomer() {
		TestQueue queue = full(10, 3, priorities());
		Waiter degraded = queue.join("degraded");
		Waiter bulk = queue.join("bulk");
		Waiter secondBulk = queue.join("bulk");
		Waiter critical = queue.join("critical");
		assertThatAnswerOf(bulk).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
		assertThatWaits(degraded);
		assertThatWaits(secondBulk);
		assertThatWaits(critical);
		assertThat(queue.queue().size()).isEqualTo(3);
	}

	@Test
	void theOldestOfAClassIsSentAwayWhicheverRouteItIsOf() {
		LaneSettings bulk = new LaneSettings(null, Priority.BULK, null);
		TestQueue queue = full(10, 2, Map.of("a", bulk, "b", bulk));
		for (String name : List.of("a", "b")) {
			Waiter older = queue.join(name);
			Waiter younger = queue.join(name.equals("a") ? "b" : "a");
			Waiter newcomer = queue.join("");
			assertThatAnswerOf(older).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
			assertThatWaits(younger);
			queue.queue().leave(younger, Admission.Shed.of(ShedReason.TIMEOUT));
			queue.queue().leave(newcomer, Admission.Shed.of(ShedReason.TIMEOUT));
		}
	}

	@Test
	void anAnswerThatWasGivenStands() {
		TestQueue queue = full(1, 10, Map.of());
		Waiter waiter = queue.join("");
		queue.release("");
		queue.queue().leave(waiter, Admission.Shed.of(ShedReason.TIMEOUT));
		assertThatIsAdmitted(waiter);
		assertThat(queue.queue().size()).isZero();
	}

	@Test
	void whoLeavesIsNotServed() {
		TestQueue queue = full(1, 10, Map.of());
		Waiter leaves = queue.join("");
		Waiter stays = queue.join("");
		queue.queue().leave(leaves, Admission.Shed.of(ShedReason.DEADLINE));
		queue.release("");
		assertThatIsAdmitted(stays);
		assertThatAnswerOf(leaves).isEqualTo(Admission.Shed.of(ShedReason.DEADLINE));
	}

	@Test
	@Tag("F4")
	void aRouteThatIsSwitchedToObservePassesThoughAMoreImportantOneWaits() {
		TestQueue queue = full(10, 10, priorities());
		Waiter critical = queue.join("critical");
		Waiter bulk = queue.join("bulk");
		queue.change("bulk", new LaneSettings(null, Priority.BULK, Mode.OBSERVE));
		assertThatIsAdmitted(bulk);
		assertThatWaits(critical);
	}

	@Test
	@Tag("F4")
	void aChangeInTheMomentOfJoiningIsNotMissed() {
		TestQueue queue = full(5, 10, Map.of("export", limit(1)), "export");
		queue.afterNextRead(() -> queue.change("export", limit(2)));
		assertThatIsAdmitted(queue.join("export"));
	}

	@Test
	@Tag("F4")
	void prioritiesAreThoseInForceWhenSomebodyIsServed() {
		TestQueue queue = full(10, 10, priorities());
		Waiter first = queue.join("critical");
		Waiter second = queue.join("degraded");
		queue.change("critical", new LaneSettings(null, Priority.BULK, null));
		queue.change("degraded", new LaneSettings(null, Priority.CRITICAL, null));
		queue.release("critical");
		assertThatIsAdmitted(second);
		assertThatWaits(first);
	}

	private static Map<String, LaneSettings> priorities() {
		return Map.of("critical", new LaneSettings(null, Priority.CRITICAL, null), "degraded",
				new LaneSettings(null, Priority.DEGRADED, null), "bulk", new LaneSettings(null, Priority.BULK, null));
	}

	private static LaneSettings limit(int limit) {
		return new LaneSettings(limit, null, null);
	}

	private static TestQueue full(int limit, int maxQueued, Map<String, LaneSettings> routes) {
		return full(limit, maxQueued, routes, routes.containsKey("critical") ? "critical" : "");
	}

	private static TestQueue full(int limit, int maxQueued, Map<String, LaneSettings> routes, String... fillers) {
		TestQueue queue = new TestQueue(limit, maxQueued, routes);
		for (String filler : fillers) {
			queue.fill(filler);
		}
		return queue;
	}

	private static void assertThatIsAdmitted(Waiter waiter) {
		assertThatAnswerOf(waiter).isEqualTo(Admission.Admitted.INSTANCE);
	}

	private static void assertThatWaits(Waiter waiter) {
		assertThatAnswerOf(waiter).isNull();
	}

	private static ObjectAssert<Admission> assertThatAnswerOf(Waiter waiter) {
		return assertThat(waiter.answer());
	}

}
