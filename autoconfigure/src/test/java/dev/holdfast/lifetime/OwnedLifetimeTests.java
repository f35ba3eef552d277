/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lifetime.Lifetime.Registration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@Tag("B7")
class OwnedLifetimeTests {

	private final ManualTicker ticker = new ManualTicker();

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.after(Duration.ofHours(1), this.ticker));

	private final List<String> told = new ArrayList<>();

	@Test
	void lastsUntilItEnds() {
		assertThat(this.lifetime.endReason()).isNull();
		assertThat(this.lifetime.remaining()).isEqualTo(Duration.ofHours(1));
		assertThatNoException().isThrownBy(this.lifetime::throwIfEnded);
	}

	@Test
	void endsOnceWithTheFirstReason() {
		assertThat(this.lifetime.end(EndReason.CLIENT_GONE)).isTrue();
		assertThat(this.lifetime.end(EndReason.SHUTDOWN)).isFalse();
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.CLIENT_GONE);
		assertThat(this.lifetime.remaining()).isZero();
	}

	@Test
	void stopsTheCallerOnceItHasEnded() {
		this.lifetime.end(EndReason.SHUTDOWN);
		assertThatExceptionOfType(LifetimeEndedException.class).isThrownBy(this.lifetime::throwIfEnded)
			.withMessageContaining("SHUTDOWN")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(EndReason.SHUTDOWN));
	}

	@Test
	void endsAtItsDeadline() {
		this.ticker.advance(Duration.ofHours(1));
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.DEADLINE);
		assertThat(this.lifetime.end(EndReason.CANCELLED)).isFalse();
	}

	@Test
	void tellsListenersInTheOrderOfTheirRegistration() {
		listen("first");
		listen("second");
		listen("third");
		this.lifetime.end(EndReason.CANCELLED);
		assertThat(this.told).containsExactly("first CANCELLED", "second CANCELLED", "third CANCELLED");
	}

	@Test
	void tellsEachListenerOnce() {
		listen("only");
		this.lifetime.end(EndReason.CANCELLED);
		this.lifetime.end(EndReason.SHUTDOWN);
		this.ticker.advance(Duration.ofHours(1));
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.CANCELLED);
		assertThat(this.told).containsExactly("only CANCELLED");
	}

	@Test
	void tellsAListenerThatComesTooLateAtOnce() {
		this.lifetime.end(EndReason.CLIENT_GONE);
		listen("late");
		assertThat(this.told).containsExactly("late CLIENT_GONE");
	}

	@Test
	void tellsEarlierListenersBeforeTheOneWhoFindsTheDeadlinePassed() {
		listen("early");
		this.ticker.advance(Duration.ofHours(1));
		listen("late");
		assertThat(this.told).containsExactly("early DEADLINE", "late DEADLINE");
	}

	@Test
	void tellsAListenerThatAnotherListenerRegisters() {
		this.lifetime.onEnd((reason) -> listen("inner"));
		this.lifetime.end(EndReason.CANCELLED);
		assertThat(this.told).containsExactly("inner CANCELLED");
	}

	@Test
	void doesNotTellAListenerThatWasTakenBack() {
		listen("stays");
		listen("goes").close();
		this.lifetime.end(EndReason.CANCELLED);
		assertThat(this.told).containsExactly("stays CANCELLED");
	}

	@Test
	void takingAListenerBackTwiceOrTooLateHasNoEffect() {
		Registration registration = listen("told");
		this.lifetime.end(EndReason.CANCELLED);
		registration.close();
		registration.close();
		assertThat(this.told).containsExactly("told CANCELLED");
	}

	@Test
	void dropsListenersUntoldWhenTheWorkIsDone() {
		listen("dropped");
		this.lifetime.complete();
		assertThat(this.lifetime.end(EndReason.SHUTDOWN)).isFalse();
		this.ticker.advance(Duration.ofHours(1));
		assertThat(this.lifetime.endReason()).isNull();
		listen("late");
		assertThat(this.told).isEmpty();
	}

	@Test
	void staysEndedWhenItIsCompletedAfterwards() {
		this.lifetime.end(EndReason.CLIENT_GONE);
		this.lifetime.complete();
		assertThat(this.lifetime.endReason()).isEqualTo(EndReason.CLIENT_GONE);
		listen("late");
		assertThat(this.told).containsExactly("late CLIENT_GONE");
	}

	@Test
	void aFailingListenerHarmsNobody() {
		try (CapturedWarnings warnings = new CapturedWarnings()) {
			listen("before");
			this.lifetime.onEnd((reason) -> {
				throw new IllegalStateException("planted");
			});
			this.lifetime.onEnd((reason) -> {
				throw new AssertionError("planted");
			});
			listen("after");
			assertThat(this.lifetime.end(EndReason.CANCELLED)).isTrue();
			assertThat(this.told).containsExactly("before CANCELLED", "after CANCELLED");
			assertThat(warnings.thrown()).hasOnlyElementsOfTypes(IllegalStateException.class, AssertionError.class)
				.hasSize(2);
		}
	}

	private Registration listen(String name) {
		return this.lifetime.onEnd((reason) -> this.told.add(name + " " + reason));
	}

}
