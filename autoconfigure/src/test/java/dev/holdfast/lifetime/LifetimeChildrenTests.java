/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Lifetime.Registration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B7")
class LifetimeChildrenTests {

	private final ManualTicker ticker = new ManualTicker();

	private final OwnedLifetime parent = new OwnedLifetime(Deadline.after(Duration.ofSeconds(10), this.ticker));

	private final List<EndReason> told = new ArrayList<>();

	@Test
	void aChildEndsAfterItsOwnLimit() {
		Lifetime child = this.parent.within(Duration.ofSeconds(2));
		assertThat(child.remaining()).isEqualTo(Duration.ofSeconds(2));
		this.ticker.advance(Duration.ofSeconds(2));
		assertThat(child.endReason()).isEqualTo(EndReason.DEADLINE);
		assertThat(this.parent.endReason()).isNull();
	}

	@Test
	void aChildNeverLastsLongerThanItsParent() {
		Lifetime grandchild = this.parent.within(Duration.ofHours(1)).within(Duration.ofHours(2));
		assertThat(grandchild.remaining()).isEqualTo(Duration.ofSeconds(10));
		this.ticker.advance(Duration.ofSeconds(10));
		assertThat(grandchild.endReason()).isEqualTo(EndReason.DEADLINE);
	}

	@Test
	void aChildSeesTheEndOfItsParentWhenAsked() {
		Lifetime grandchild = this.parent.within(Duration.ofHours(1)).within(Duration.ofHours(1));
		this.parent.end(EndReason.CLIENT_GONE);
		assertThat(grandchild.endReason()).isEqualTo(EndReason.CLIENT_GONE);
	}

	@Test
	void listenersOfDescendantsAreToldByTheEndOfTheParent() {
		Lifetime child = this.parent.within(Duration.ofHours(1));
		child.onEnd(this.told::add);
		child.within(Duration.ofHours(1)).onEnd(this.told::add);
		this.parent.end(EndReason.SHUTDOWN);
		assertThat(this.told).containsExactly(EndReason.SHUTDOWN, EndReason.SHUTDOWN);
	}

	@Test
	void theEndOfAChildLeavesItsParentAlone() {
		OwnedLifetime child = (OwnedLifetime) this.parent.within(Duration.ofHours(1));
		child.onEnd(this.told::add);
		child.end(EndReason.CANCELLED);
		assertThat(this.parent.endReason()).isNull();
		this.parent.end(EndReason.SHUTDOWN);
		assertThat(this.told).containsExactly(EndReason.CANCELLED);
	}

	@Test
	void aChildOfAnEndedParentHasEnded() {
		this.parent.end(EndReason.SHUTDOWN);
		Lifetime child = this.parent.within(Duration.ofHours(1));
		assertThat(child.endReason()).isEqualTo(EndReason.SHUTDOWN);
		assertThat(child.remaining()).isZero();
	}

	@Test
	void noTimerIsSetForAChildOfAnEndedParent() {
		AtomicInteger readings = new AtomicInteger();
		OwnedLifetime ended = new OwnedLifetime(Deadline.after(Duration.ofHours(1), readings::incrementAndGet));
		Lifetime child = ended.within(Duration.ofMinutes(1));
		ended.end(EndReason.SHUTDOWN);
		readings.set(0);
		child.onEnd(this.told::add);
		assertThat(this.told).containsExactly(EndReason.SHUTDOWN);
		assertThat(readings).as("a timer would have asked for the time left").hasValue(0);
	}

	@Test
	void aChildOutsideARequestEndsAfterItsLimit() {
		Lifetime child = Lifetime.current().within(Duration.ZERO);
		assertThat(child.endReason()).isEqualTo(EndReason.DEADLINE);
		assertThat(Lifetime.current().within(Duration.ofHours(1)).endReason()).isNull();
	}

	@Test
	void timersAreGoneOnceTheLastListenerIsTakenBack() {
		int before = Timers.pending();
		Lifetime child = this.parent.within(Duration.ofSeconds(5));
		Registration first = child.onEnd(this.told::add);
		Registration second = child.onEnd(this.told::add);
		assertThat(Timers.pending()).as("one of the child, one of the parent").isEqualTo(before + 2);
		first.close();
		assertThat(Timers.pending()).isEqualTo(before + 2);
		second.close();
		assertThat(Timers.pending()).isEqualTo(before);
		this.parent.end(EndReason.CANCELLED);
		assertThat(this.told).isEmpty();
	}

	@Test
	void timersAreGoneOnceTheWorkIsDone() {
		int before = Timers.pending();
		OwnedLifetime child = (OwnedLifetime) this.parent.within(Duration.ofSeconds(5));
		child.onEnd(this.told::add);
		child.complete();
		assertThat(Timers.pending()).isEqualTo(before);
	}

	@Test
	void timersAreGoneOnceTheParentHasEnded() {
		int before = Timers.pending();
		this.parent.within(Duration.ofSeconds(5)).onEnd(this.told::add);
		this.parent.end(EndReason.CANCELLED);
		assertThat(Timers.pending()).isEqualTo(before);
	}

	@Test
	void aLifetimeWithoutADeadlineNeedsNoTimer() {
		int before = Timers.pending();
		new OwnedLifetime(Deadline.none()).onEnd(this.told::add);
		assertThat(Timers.pending()).isEqualTo(before);
	}

}
