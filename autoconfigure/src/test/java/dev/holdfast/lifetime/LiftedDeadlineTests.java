/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deadlines that begin late, are lifted, or are put off by whoever has the last word.
 */
@Tag("B7")
class LiftedDeadlineTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ManualTicker ticker = new ManualTicker();

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());

	private final List<EndReason> told = new ArrayList<>();

	@Test
	void aDeadlineHoldsFromTheMomentThatItIsKnown() {
		assertThat(this.lifetime.deadline().isBounded()).isFalse();
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker));
		assertThat(this.lifetime.remaining()).isEqualTo(SECOND);
		this.ticker.advance(SECOND);
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
	}

	@Test
	void aLiftedDeadlineEndsNothing() {
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker));
		this.lifetime.liftDeadline();
		this.ticker.advance(SECOND);
		assertThat(this.lifetime.endReason()).isNull();
		assertThat(this.lifetime.deadline().isBounded()).isFalse();
	}

	@Test
	void anEndIsNotTakenBackByLifting() {
		this.lifetime.startDeadline(Deadline.after(Duration.ZERO, this.ticker));
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
		this.lifetime.liftDeadline();
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
	}

	@Test
	void listenersFollowTheDeadlineThatIsInForce() {
		int before = Timers.pending();
		Lifetime.Registration registration = this.lifetime.onEnd(this.told::add);
		assertThat(Timers.pending()).isEqualTo(before);
		this.lifetime.startDeadline(Deadline.after(Duration.ofHours(1), Ticker.system()));
		assertThat(Timers.pending()).isEqualTo(before + 1);
		this.lifetime.liftDeadline();
		assertThat(Timers.pending()).isEqualTo(before);
		this.lifetime.startDeadline(Deadline.after(Duration.ofHours(1), Ticker.system()));
		registration.close();
		assertThat(Timers.pending()).isEqualTo(before);
		assertThat(this.told).isEmpty();
	}

	@Test
	void listenersAreToldWhenADeadlineThatBeganLatePasses() {
		List<EndReason> late = new CopyOnWriteArrayList<>();
		this.lifetime.onEnd(late::add);
		this.lifetime.startDeadline(Deadline.after(Duration.ofMillis(20), Ticker.system()));
		await().untilAsserted(() -> assertThat(late).containsExactly(EndReason.DEADLINE));
	}

	@Test
	void aChildOutlastsALiftedDeadlineByItsOwnLimitOnly() {
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker));
		Lifetime child = this.lifetime.within(SECOND.multipliedBy(2));
		assertThat(child.remaining()).isEqualTo(SECOND);
		this.lifetime.liftDeadline();
		assertThat(child.remaining()).isEqualTo(SECOND.multipliedBy(2));
		this.ticker.advance(SECOND.multipliedBy(2));
		assertThat(child.endReason()).isEqualTo(EndReason.DEADLINE);
		assertThat(this.lifetime.endReason()).isNull();
	}

	@Test
	void aChildFollowsADeadlineThatBeganAfterIt() {
		OwnedLifetime parent = new OwnedLifetime(Deadline.after(Duration.ofHours(2), this.ticker));
		Lifetime child = parent.within(Duration.ofHours(1));
		parent.startDeadline(Deadline.after(SECOND, this.ticker));
		assertThat(child.remaining()).isEqualTo(SECOND);
		this.ticker.advance(SECOND);
		assertThat(child.endReason()).isEqualTo(EndReason.DEADLINE);
	}

	@Test
	void theLastWordCanLiftAPassedDeadline() {
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker), Deadline::none);
		this.ticker.advance(SECOND);
		assertThat(this.lifetime.endReason()).isNull();
		assertThat(this.lifetime.deadline().isBounded()).isFalse();
	}

	@Test
	void theLastWordCanPutAPassedDeadlineOff() {
		Deadline later = Deadline.after(SECOND.multipliedBy(3), this.ticker);
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker), () -> later);
		this.ticker.advance(SECOND);
		assertThat(this.lifetime.endReason()).isNull();
		assertThat(this.lifetime.remaining()).isEqualTo(SECOND.multipliedBy(2));
		this.ticker.advance(SECOND.multipliedBy(2));
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
	}

	@Test
	void theLastWordIsNotAskedBeforeTheDeadlineHasPassed() {
		this.lifetime.startDeadline(Deadline.after(SECOND, this.ticker), () -> {
			this.told.add(EndReason.DEADLINE);
			return null;
		});
		assertThat(this.lifetime.endReason()).isNull();
		assertThat(this.told).isEmpty();
		this.ticker.advance(SECOND);
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
		assertThat(this.told).hasSize(1);
	}

	@Test
	void aDeadlineThatWasPutOffTellsItsListenersAtTheNewMoment() {
		List<EndReason> late = new CopyOnWriteArrayList<>();
		Deadline later = Deadline.after(Duration.ofMillis(60), Ticker.system());
		this.lifetime.onEnd(late::add);
		this.lifetime.startDeadline(Deadline.after(Duration.ofMillis(10), Ticker.system()), () -> later);
		await().untilAsserted(() -> assertThat(late).containsExactly(EndReason.DEADLINE));
		assertThat(later.hasPassed()).isTrue();
	}

	@Test
	void aChildThatMayBeEndedSaysSoForItsParent() {
		assertThat(this.lifetime.isCancellable()).isFalse();
		this.lifetime.within(SECOND).within(SECOND).cancellable();
		assertThat(this.lifetime.isCancellable()).isTrue();
	}

	@Test
	void nobodyEndsWhatBelongsToNoRequest() {
		Lifetime.current().cancellable();
		assertThat(Lifetime.current().endReason()).isNull();
	}

}
