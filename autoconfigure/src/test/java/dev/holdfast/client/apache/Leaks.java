/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.List;

import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.LeakCounts;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import dev.holdfast.leak.Suspect;
import dev.holdfast.leak.SuspicionKind;
import dev.holdfast.lifetime.Ticker;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A detector of the leases of an application, which looks when a test says so.
 */
final class Leaks {

	static final Duration SUSPECT_AFTER = Duration.ofMillis(300);

	static final Duration RECLAIM_AFTER = Duration.ofMillis(600);

	/** Limits that are not reached before something is suspected. */
	static final String[] PATIENT = { "holdfast.client.header-timeout=30s", "holdfast.client.idle-timeout=30s",
			"holdfast.client.connect-timeout=30s", "holdfast.client.write-timeout=30s",
			"holdfast.client.call-timeout=60s" };

	private final LeakDetector detector;

	Leaks(Bounded app, Reclaim reclaim) {
		this(app, reclaim, new CallSites(Stacks.OFF));
	}

	Leaks(Bounded app, Reclaim reclaim, CallSites sites) {
		this.detector = new LeakDetector(new LeakSettings(SUSPECT_AFTER, reclaim, RECLAIM_AFTER, Stacks.ADAPTIVE),
				() -> List.of(app.bean(HttpLeases.class)), sites, Ticker.system());
	}

	LeakDetector detector() {
		return this.detector;
	}

	/**
	 * Waits until one lease is suspected of something.
	 * @param kind what
	 * @return the suspect
	 */
	Suspect await(SuspicionKind kind) {
		patiently().untilAsserted(() -> {
			this.detector.look();
			assertThat(this.detector.suspects()).extracting(Suspect::kind).containsExactly(kind);
		});
		return this.detector.suspects().get(0);
	}

	void awaitReclaimed(Reclaim tier, int count) {
		patiently().untilAsserted(() -> {
			if (tier == Reclaim.CERTAIN) {
				System.gc();
			}
			this.detector.look();
			assertThat(this.detector.counts().reclaimedCount(tier)).isEqualTo(count);
		});
		assertThat(this.detector.suspects()).isEmpty();
		assertThat(this.detector.reclaimed()).hasSize(count);
	}

	long suspected(SuspicionKind kind) {
		return this.detector.counts().of(new LeakCounts.Key("default", kind.label(), false));
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
	}

}
