/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.Deadline;

/**
 * What holds for the requests of a route.
 *
 * @param limit longest time from the end of the body to the first byte of the response
 * @param chosen whether it was chosen for the route
 * @param expiry what is done when the time is over
 */
record DeadlineRule(Duration limit, boolean chosen, Expiry expiry) {

	DeadlineRule within(Duration budget) {
		return new DeadlineRule(budget, this.chosen, this.expiry);
	}

	/**
	 * The deadline of a request whose time has begun before.
	 * @param since how long ago
	 * @return the deadline
	 */
	Deadline deadline(Duration since) {
		return Deadline.after(this.limit.minus(since), this.expiry.ticker());
	}

	boolean ends(RunningRequest request) {
		return this.expiry.ends(request);
	}

}
