/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.concurrency.LimiterState;
import dev.holdfast.concurrency.ShedReason;
import dev.holdfast.lifetime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that refusing began, once per episode. An episode is over when nothing was refused
 * for {@value #QUIET_SECONDS} s; what it cost is said with the next one, because nothing
 * runs here when nothing is refused.
 */
final class ShedLog {

	private static final long QUIET_SECONDS = 10;

	private static final long QUIET_NANOS = Duration.ofSeconds(QUIET_SECONDS).toNanos();

	private static final Logger LOGGER = LoggerFactory.getLogger(ShedLog.class);

	private final Ticker ticker;

	private final AtomicLong last;

	private final LongAdder refused = new LongAdder();

	ShedLog(Ticker ticker) {
		this.ticker = ticker;
		this.last = new AtomicLong(ticker.nanos() - QUIET_NANOS);
	}

	void shed(ShedReason reason, RequestClassifier.Target target) {
		long now = this.ticker.nanos();
		long before = this.last.getAndSet(now);
		if (now - before >= QUIET_NANOS) {
			LimiterState state = target.limiter().state();
			LOGGER.warn(
					"Refusing requests: {} (reason '{}', route '{}', limit {}, in flight {}, queued {}, refused in earlier "
							+ "episodes {}); see the concurrency endpoint and docs/admission.md",
					remedy(reason, target.application()), reason.label(), target.lane().name(),
					state.settings().limit(), state.inFlight(), state.queued(), this.refused.sum());
		}
		this.refused.increment();
	}

	private static String remedy(ShedReason reason, boolean application) {
		return switch (reason) {
			case LIMIT, QUEUE, TIMEOUT ->
				"more arrive than are answered; " + (application ? "holdfast.concurrency.limit bounds what runs"
						: "a small limit bounds health, endpoints and the paths of holdfast.concurrency.exclude");
			case ROUTE -> application ? "holdfast.routes.*.limit bounds the route"
					: "the concurrency endpoint was told a limit for this part of health and endpoints";
			case DEADLINE -> "their time is over before they run";
		};
	}

}
