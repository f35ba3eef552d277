/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a lease is suspected of, and what becomes of it.
 */
@Tag("A1")
@Tag("A4")
class LeakDetectorTests extends AbstractLeakTests {

	@Test
	void aSilentPeerIsWaitedFor() {
		TestLease lease = lent().in(Activity.RECEIVING).idle(AFTER);
		assertSuspected(lease, SuspicionKind.WAITING_FOR_PEER, "the peer has said nothing for 30.0 s");
	}

	@Test
	void aPeerThatTakesNothingIsAStuckWrite() {
		TestLease lease = lent().in(Activity.SENDING).idle(AFTER);
		assertSuspected(lease, SuspicionKind.STUCK_WRITE, "the peer has taken nothing for 30.0 s");
	}

	@Test
	void aConnectionThatDoesNotComeWasNeverConnected() {
		TestLease lease = lent().in(Activity.CONNECTING).idle(AFTER);
		assertSuspected(lease, SuspicionKind.NEVER_CONNECTED, "no connection after 30.0 s");
	}

	@Test
	void aCallThatWaitsForWhatItSendsIsHeldWhoeverMakesIt() {
		TestLease lease = lent().in(Activity.PRODUCING).idle(AFTER);
		assertSuspected(lease, SuspicionKind.HELD,
				"nothing to send has come from the application for 30.0 s, whose thread is within the call");
		LeakDetector detector = detector(Reclaim.ABANDONED);
		lease.idle(Duration.ofDays(1));
		detector.look();
		assertThat(kinds(detector)).containsExactly(SuspicionKind.HELD);
		assertThat(lease.reclaims()).isZero();
		lease.moves(1, LOOK);
		detector.look();
		assertThat(detector.suspects()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "RECEIVING", "SENDING" })
	void fewBytesInLongWaitsAreADrip(Activity activity) {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease lease = lent().in(activity);
		for (int second = 0; second < 29; second++) {
			lease.moves(1000, LOOK);
			detector.look();
			assertThat(detector.suspects()).as("after %d s", second + 1).isEmpty();
		}
		// a drip stays a drip, however long it is looked at
		for (int second = 0; second < 100; second++) {
			lease.moves(1000, LOOK);
			detector.look();
			assertThat(kinds(detector)).as("%d s later", second).containsExactly(SuspicionKind.SLOW_DRIP);
		}
		assertThat(detector.suspects().get(0).evidence()).isEqualTo("129000 bytes in 129.0 s of waiting");
		assertThat(suspected(detector, SuspicionKind.SLOW_DRIP)).isOne();
	}

	@Test
	void aDripThatBeginsToFlowIsNoneAnyMore() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease lease = lent().in(Activity.RECEIVING);
		for (int second = 0; second < 60; second++) {
			lease.moves(10, LOOK);
			detector.look();
		}
		assertThat(kinds(detector)).containsExactly(SuspicionKind.SLOW_DRIP);
		for (int second = 0; second < 30; second++) {
			lease.moves(20_000, LOOK);
			detector.look();
		}
		assertThat(detector.suspects()).isEmpty();
		this.source.giveBack(lease);
		detector.look();
		assertThat(detector.counts().lateCount()).isZero();
	}

	@Test
	void aBodyThatFlowsIsNeverSuspectedHoweverOldItIs() {
		LeakDetector detector = detector(Reclaim.ABANDONED);
		TestLease lease = lent().in(Activity.RECEIVING);
		for (int second = 0; second < 7200; second++) {
			lease.moves(1025, LOOK);
			detector.look();
			assertThat(detector.suspects()).as("after %d s", second).isEmpty();
		}
	}

	@Test
	void anApplicationThatReadsSlowlyIsNoDrip() {
		LeakDetector detector = detector(Reclaim.ABANDONED);
		TestLease lease = lent();
		for (int second = 0; second < 7200; second += 10) {
			lease.in(Activity.APPLICATION).idle(Duration.ofSeconds(9)).in(Activity.RECEIVING).moves(10, LOOK);
			detector.look();
			assertThat(detector.suspects()).as("after %d s", second).isEmpty();
		}
	}

	@Test
	void anEventStreamThatWaitsIsNotSuspected() {
		LeakDetector detector = detector(Reclaim.ABANDONED);
		TestLease lease = lent().streaming().in(Activity.RECEIVING);
		for (int minute = 0; minute < 60; minute++) {
			lease.idle(Duration.ofMinutes(1));
			detector.look();
			assertThat(detector.suspects()).isEmpty();
		}
		// but one that nobody reads any more is
		lease.moves(100, LOOK).in(Activity.APPLICATION).idle(AFTER);
		detector.look();
		assertThat(kinds(detector)).containsExactly(SuspicionKind.ABANDONED);
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsSuspectedBeforeItsTime(Activity activity) {
		LeakDetector detector = detector(Reclaim.ABANDONED);
		TestLease lease = lent().in(activity);
		for (int second = 0; second < 29; second++) {
			lease.idle(LOOK);
			detector.look();
			assertThat(detector.suspects()).isEmpty();
			assertThat(detector.leases()).isOne();
		}
		lease.idle(LOOK);
		detector.look();
		assertThat(detector.suspects()).hasSize(1);
	}

	@Test
	void whatIsCollectedIsLostWhateverItsAge() {
		TestLease lease = lent().collect();
		assertSuspected(lease, SuspicionKind.COLLECTED,
				"what was got with it has been garbage-collected without being closed");
	}

	@Test
	void aLeaseOfARunningRequestIsHeldAndThenAbandoned() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease lease = lent().during(RUNNING).idle(AFTER);
		detector.look();
		assertThat(detector.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.kind()).isEqualTo(SuspicionKind.HELD);
			assertThat(suspect.evidence())
				.isEqualTo("not read, closed or given back for 30.0 s by a request that still runs");
			assertThat(suspect.owner()).isSameAs(Thread.currentThread());
		});
		lease.during(OVER).idle(LOOK);
		detector.look();
		assertThat(detector.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.kind()).isEqualTo(SuspicionKind.ABANDONED);
			assertThat(suspect.evidence())
				.isEqualTo("not read, closed or given back for 31.0 s, and the request that it was taken in has ended");
		});
		assertThat(suspected(detector, SuspicionKind.HELD)).isOne();
		assertThat(suspected(detector, SuspicionKind.ABANDONED)).isOne();
	}

	@Test
	void aLeaseOfAThreadThatHasEndedIsAbandoned() {
		TestLease lease = lent().during(RUNNING).ownedBy(null).idle(AFTER);
		assertSuspected(lease, SuspicionKind.ABANDONED,
				"not read, closed or given back for 30.0 s, and the thread that took it has ended");
	}

	@Test
	void aLeaseOutsideOfARequestIsAbandoned() {
		TestLease lease = lent().idle(AFTER);
		assertSuspected(lease, SuspicionKind.ABANDONED,
				"not read, closed or given back for 30.0 s, and its thread does something else");
	}

	@Test
	void eachStateIsCountedOnce() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease lease = lent().idle(AFTER);
		detector.look();
		detector.look();
		lease.in(Activity.RECEIVING);
		detector.look();
		detector.look();
		lease.in(Activity.APPLICATION);
		detector.look();
		detector.look();
		assertThat(suspected(detector, SuspicionKind.ABANDONED)).isEqualTo(2);
		assertThat(suspected(detector, SuspicionKind.WAITING_FOR_PEER)).isOne();
	}

	@Test
	void whatIsCountedIsTold() {
		LeakDetector detector = detector(Reclaim.CERTAIN);
		lent().collect();
		detector.look();
		List<LeakCounts.Key> keys = new ArrayList<>();
		detector.counts().onEach(keys::add);
		this.source.add(new TestLease("stock").idle(AFTER));
		detector.look();
		detector.look();
		assertThat(keys).containsExactlyInAnyOrder(new LeakCounts.Key("quotes", "collected", false),
				new LeakCounts.Key("quotes", "certain", true), new LeakCounts.Key("stock", "abandoned", false));
	}

	@Test
	void aSuspectThatComesBackIsLate() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease suspect = lent().idle(AFTER);
		TestLease old = lent().in(Activity.CONNECTING).idle(Duration.ofSeconds(20));
		detector.look();
		assertThat(detector.suspects()).extracting(Suspect::lease).containsExactly(suspect);
		this.source.giveBack(suspect);
		this.source.giveBack(old);
		detector.look();
		detector.look();
		assertThat(detector.suspects()).isEmpty();
		assertThat(detector.counts().lateCount()).isOne();
		assertThat(detector.leases()).isZero();
	}

	@Test
	void theOldestSuspectOfAllSourcesComesFirst() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease young = lent().idle(AFTER);
		TestLease old = new TestLease("stock").idle(AFTER.multipliedBy(2));
		this.other.add(old);
		detector.look();
		assertThat(detector.suspects()).extracting(Suspect::lease).containsExactly(old, young);
		assertThat(detector.leases()).isEqualTo(2);
	}

	@Test
	void aSourceThatFailsKeepsNoOtherFromBeingLookedAt() {
		LeakDetector detector = detector(Reclaim.NONE);
		this.source.fails(true);
		TestLease lease = new TestLease("stock").idle(AFTER);
		this.other.add(lease);
		detector.look();
		detector.look();
		assertThat(detector.suspects()).extracting(Suspect::lease).containsExactly(lease);
		// once, and not at every look
		assertThat(this.failures.lines()).singleElement().asString().contains(TestSource.class.getName());
	}

	@Test
	void whatASourceLastSaidHoldsWhileItFails() {
		LeakDetector detector = detector(Reclaim.NONE);
		TestLease lease = lent().idle(AFTER);
		detector.look();
		this.source.fails(true);
		detector.look();
		detector.look();
		assertThat(detector.suspects()).extracting(Suspect::lease).containsExactly(lease);
		assertThat(this.log.lines()).hasSize(1);
		this.source.fails(false);
		detector.look();
		assertThat(suspected(detector, SuspicionKind.ABANDONED)).isOne();
		assertThat(detector.counts().lateCount()).isZero();
		this.source.giveBack(lease);
		detector.look();
		assertThat(detector.counts().lateCount()).isOne();
	}

	@Test
	void theOwnerOfASuspectIsNotKeptFromEnding() throws InterruptedException {
		LeakDetector detector = detector(Reclaim.NONE);
		CountDownLatch end = new CountDownLatch(1);
		Thread owner = new Thread(() -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		owner.start();
		TestLease lease = lent().during(RUNNING).ownedBy(owner).idle(AFTER);
		detector.look();
		assertThat(Objects.requireNonNull(detector.suspects().get(0).owner())).isSameAs(owner);
		end.countDown();
		owner.join();
		lease.ownedBy(null);
		detector.look();
		assertThat(detector.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.kind()).isEqualTo(SuspicionKind.ABANDONED);
			assertThat(suspect.owner()).isNull();
		});
	}

	private void assertSuspected(TestLease lease, SuspicionKind kind, String evidence) {
		LeakDetector detector = detector(Reclaim.NONE);
		detector.look();
		assertThat(detector.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.lease()).isSameAs(lease);
			assertThat(suspect.kind()).isEqualTo(kind);
			assertThat(suspect.evidence()).isEqualTo(evidence);
			assertThat(suspect.use()).isEqualTo(lease.use());
			assertThat(suspect.owner()).isSameAs(lease.owner());
		});
		assertThat(suspected(detector, kind)).isOne();
	}

}
