/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.Map;

import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class WaitQueueBurstTests {

	private static final Duration CONGESTED = Duration.ofMillis(WaitQueue.CONGESTED_AFTER_MILLIS);

	private final TestQueue queue = new TestQueue(10, 1, Map.of("critical",
			new LaneSettings(null, Priority.CRITICAL, null), "bulk", new LaneSettings(null, Priority.BULK, null)));

	private final ManualTicker ticker = this.queue.ticker;

	WaitQueueBurstTests() {
		this.queue.change(new LimiterSettings(Mode.ENFORCE, 10, 1, 1, Duration.ofHours(1), 1));
		this.queue.fill("critical");
	}

	@Test
	void aBurstWaitsBeyondTheBound() {
		Waiter within = this.queue.join("");
		Waiter beyond = this.queue.join("");
		Waiter tooMany = this.queue.join("");
		assertThat(within.isExtra()).isFalse();
		assertThat(beyond.isExtra()).isTrue();
		assertThat(beyond.answer()).isNull();
		assertThat(tooMany.answer()).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
	}

	@Test
	void thereIsNoBurstOnceTheQueueHasNotBeenEmptyForAWhile() {
		this.queue.join("");
		this.ticker.advance(CONGESTED);
		assertThat(this.queue.join("").answer()).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
	}

	@Test
	void whoIsBeyondTheBoundGoesWhenTheBurstIsOver() {
		Waiter within = this.queue.join("");
		Waiter beyond = this.queue.join("");
		assertThat(this.queue.queue().burstLeft()).isEqualTo(CONGESTED.toNanos());
		this.ticker.advance(CONGESTED);
		assertThat(this.queue.queue().burstLeft()).isZero();
		this.queue.queue().endBurst(beyond);
		assertThat(beyond.answer()).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
		assertThat(within.answer()).isNull();
	}

	@Test
	void whoHasMovedUpStays() {
		Waiter within = this.queue.join("");
		Waiter beyond = this.queue.join("");
		this.queue.queue().leave(within, Admission.Shed.of(ShedReason.TIMEOUT));
		this.ticker.advance(CONGESTED);
		this.queue.queue().endBurst(beyond);
		assertThat(beyond.answer()).isNull();
		assertThat(beyond.isExtra()).isFalse();
	}

	@Test
	void aLessImportantWaiterGoesInThePlaceOfAMoreImportantOne() {
		Waiter bulk = this.queue.join("bulk");
		Waiter critical = this.queue.join("critical");
		this.ticker.advance(CONGESTED);
		this.queue.queue().endBurst(critical);
		assertThat(bulk.answer()).isEqualTo(Admission.Shed.of(ShedReason.QUEUE));
		assertThat(critical.answer()).isNull();
	}

	@Test
	void whoWasServedInTheBurstIsLeftAlone() {
		this.queue.join("");
		Waiter beyond = this.queue.join("");
		this.queue.release("critical");
		this.queue.release("critical");
		this.queue.release("critical");
		assertThat(beyond.answer()).isEqualTo(Admission.Admitted.INSTANCE);
		this.ticker.advance(CONGESTED);
		this.queue.queue().endBurst(beyond);
		assertThat(beyond.answer()).isEqualTo(Admission.Admitted.INSTANCE);
	}

}
