/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoints {@code drain} and {@code prestop} answer.
 *
 * @param state serving, draining, drained or stopping
 * @param trigger what has begun the drain, null while the service serves
 * @param sinceMs time since it began in milliseconds, null while the service serves
 * @param timeLeftMs what is left of the delay in milliseconds, null while the service
 * serves
 * @param inFlight requests that run
 * @param openConnections connections to the application that are open
 * @param begun requests that came since the drain began
 */
record DrainDescriptor(String state, @JsonInclude @Nullable String trigger, @JsonInclude @Nullable Long sinceMs,
		@JsonInclude @Nullable Long timeLeftMs, int inFlight, int openConnections,
		long begun) implements OperationResponseBody {

	static DrainDescriptor of(Drain.Snapshot now) {
		DrainTrigger trigger = now.trigger();
		boolean serving = now.state() == DrainState.SERVING;
		return new DrainDescriptor(now.state().label(), (trigger != null) ? trigger.label() : null,
				serving ? null : now.since().toMillis(), serving ? null : now.left().toMillis(), now.inFlight(),
				now.openConnections(), now.begun());
	}

}
