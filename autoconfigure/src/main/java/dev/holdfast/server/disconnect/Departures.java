/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.report.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when the client of a running request has left.
 */
final class Departures {

	private static final Logger LOGGER = LoggerFactory.getLogger(Departures.class);

	private final DisconnectSettings settings;

	private final LongAdder detected = new LongAdder();

	private final LongAdder cancelled = new LongAdder();

	Departures(DisconnectSettings settings) {
		this.settings = settings;
	}

	/**
	 * Ends a request whose client has left, if that is allowed. To be called once for
	 * each.
	 * @param request the request
	 */
	void noticed(RunningRequest request) {
		if (noticedBefore(request) && request.lifetime().endReason() == EndReason.CLIENT_GONE
				&& request.isInterruptible(this.settings.interrupt())) {
			request.interrupt();
		}
	}

	/**
	 * Ends a request whose client has left before it began, if that is allowed. To be
	 * called once for each.
	 * @param request the request
	 * @return whether it was ended, or would have been
	 */
	boolean noticedBefore(RunningRequest request) {
		this.detected.increment();
		request.clientHasLeft();
		boolean ended = request.isCancellable(this.settings.cancel()) && end(request);
		if (ended) {
			this.cancelled.increment();
		}
		if (LOGGER.isDebugEnabled()) {
			LOGGER.debug("The client of {} {} has left: it {}", request.method(), request.route(), outcome(ended));
		}
		return ended;
	}

	private boolean end(RunningRequest request) {
		return (this.settings.mode() == Mode.ENFORCE) ? request.cancel(EndReason.CLIENT_GONE)
				: request.lifetime().endReason() == null;
	}

	private String outcome(boolean ended) {
		if (!ended) {
			return "runs on (holdfast.disconnect.cancel)";
		}
		return (this.settings.mode() == Mode.ENFORCE) ? "is ended" : "would be ended (holdfast.disconnect.mode)";
	}

	long detected() {
		return this.detected.sum();
	}

	long cancelled() {
		return this.cancelled.sum();
	}

}
