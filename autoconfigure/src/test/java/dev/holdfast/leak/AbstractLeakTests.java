/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.List;

import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.AfterEach;

/**
 * A detector with leases that tests make up.
 */
abstract class AbstractLeakTests {

	static final Duration AFTER = Duration.ofSeconds(30);

	static final Duration RECLAIM_AFTER = Duration.ofMinutes(1);

	static final Duration LOOK = Duration.ofSeconds(1);

	static final Origin RUNNING = new Origin("GET", "/orders/{id}", "Orders#one", false);

	static final Origin OVER = new Origin("GET", "/orders/{id}", "Orders#one", true);

	final ManualTicker ticker = new ManualTicker();

	final CapturedLog log = new CapturedLog(SuspicionLog.class);

	final CapturedLog failures = new CapturedLog(LeakDetector.class);

	final TestSource source = new TestSource();

	final TestSource other = new TestSource();

	@AfterEach
	void close() {
		this.log.close();
		this.failures.close();
	}

	TestLease lent() {
		TestLease lease = new TestLease();
		this.source.add(lease);
		return lease;
	}

	LeakDetector detector(Reclaim reclaim) {
		return new LeakDetector(new LeakSettings(AFTER, reclaim, RECLAIM_AFTER, Stacks.ADAPTIVE),
				() -> List.of(this.source, this.other), new CallSites(Stacks.ADAPTIVE), this.ticker);
	}

	static List<SuspicionKind> kinds(LeakDetector detector) {
		return detector.suspects().stream().map(Suspect::kind).toList();
	}

	static long suspected(LeakDetector detector, SuspicionKind kind) {
		return detector.counts().of(new LeakCounts.Key("quotes", kind.label(), false));
	}

}
