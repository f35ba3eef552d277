/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.server.RequestCompanion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lifetime and the deadline of a fast request leave to the collector.
 */
@Tag("C3")
class DeadlineAllocationTests {

	private static final int TIMES = 20_000;

	private static final long MOST = 100;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final HttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final HttpServletResponse response = new MockHttpServletResponse();

	private final RunningRequest running = new RunningRequests(Ticker.system()).begin("GET", "192.0.2.1",
			new OwnedLifetime(Deadline.none()));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void fastRequestAllocatesAtMostAHundredBytes(boolean enforced) {
		Expiry expiry = new Expiry(enforced, CancelPolicy.SAFE, false, (same) -> true, new DeadlineCounts(),
				new DeadlineLog(Ticker.system()), Ticker.system());
		Deadlines deadlines = new Deadlines(new DeadlineRule(Duration.ofMinutes(1), false, expiry), Map.of(), Set.of(),
				new Budgets(List.of(), List.of(), Duration.ZERO));
		pass(deadlines);
		long before = this.threads.getCurrentThreadAllocatedBytes();
		pass(deadlines);
		long perRequest = (this.threads.getCurrentThreadAllocatedBytes() - before) / TIMES;
		assertThat(perRequest).as("bytes of a request").isBetween(1L, MOST);
	}

	private void pass(Deadlines deadlines) {
		for (int i = 0; i < TIMES; i++) {
			OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
			RequestCompanion watched = deadlines.meet(this.request, this.running, "");
			if (watched != null) {
				watched.admitted(this.running, this.request, this.response);
				lifetime.complete();
				watched.finished(this.running);
			}
		}
	}

}
