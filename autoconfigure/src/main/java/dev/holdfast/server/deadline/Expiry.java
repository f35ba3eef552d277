/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.function.Predicate;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.Ticker;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What is done with requests whose time is over.
 *
 * @param enforced whether any of them are ended
 * @param cancel which of them are, where their route says nothing
 * @param interrupt whether their threads are interrupted, where their route says nothing
 * @param streams which requests that left their thread may take any time to answer
 * @param counts where they are counted
 * @param log where they are told
 * @param ticker clock
 */
record Expiry(boolean enforced, CancelPolicy cancel, boolean interrupt, Predicate<HttpServletRequest> streams,
		DeadlineCounts counts, DeadlineLog log, Ticker ticker) {

	boolean ends(RunningRequest request) {
		return this.enforced && request.isCancellable(this.cancel);
	}

	void count(RunningRequest request) {
		this.counts.increment(request.phase());
	}

	void ended(RunningRequest request, Duration limit) {
		this.log.ended(request, limit);
		if (request.isInterruptible(this.interrupt)) {
			request.interrupt();
		}
	}

	void runsOn(RunningRequest request, Duration limit) {
		if (this.enforced) {
			this.log.runsOn(request, limit);
		}
	}

}
