/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;

import dev.holdfast.client.CallLimits;
import dev.holdfast.client.CallOptions;
import dev.holdfast.failure.CallPhase;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * What one call may take, phase by phase: what was given to the call goes before what the
 * application has set for HttpClient's request, and that before the limits of the client.
 */
final class Terms {

	private final @Nullable CallOptions options;

	private final CallLimits limits;

	/** Read by whoever cuts the call. */
	private volatile @Nullable Duration asked;

	/**
	 * The terms of a call.
	 * @param options what was given to the call, if anything
	 * @param client limits of the client
	 */
	Terms(@Nullable CallOptions options, CallLimits client) {
		this.options = options;
		this.limits = (options != null) ? options.over(client) : client;
	}

	/**
	 * Sets the limits of headers and idle body.
	 * @param timeout what the application has set for the request, if anything
	 */
	void ask(@Nullable Timeout timeout) {
		if (timeout != null && timeout.isEnabled()) {
			this.asked = Duration.ofNanos(timeout.toNanoseconds());
		}
		else if (this.asked != null) {
			this.asked = null;
		}
	}

	/**
	 * The limits without what the application has set for the request.
	 * @return longest times
	 */
	CallLimits limits() {
		return this.limits;
	}

	/**
	 * What is in force.
	 * @param phase the phase
	 * @return longest time
	 */
	Duration of(CallPhase phase) {
		Duration read = asked(phase);
		return (read != null) ? read : this.limits.of(phase);
	}

	/**
	 * What is in force.
	 * @param phase the phase
	 * @return longest time, in nanoseconds
	 */
	long nanos(CallPhase phase) {
		return of(phase).toNanos();
	}

	private @Nullable Duration asked(CallPhase phase) {
		boolean reads = phase == CallPhase.HEADERS || phase == CallPhase.BODY;
		return (reads && !isGiven(phase)) ? this.asked : null;
	}

	/**
	 * Whether the call was given a limit for a phase.
	 * @param phase the phase
	 * @return {@code true} if no other setting counts
	 */
	boolean isGiven(CallPhase phase) {
		return this.options != null && this.options.isLimited(phase);
	}

	/**
	 * Whether the call was given a limit as a whole, which counts for a stream, too.
	 * @return {@code true} if it was
	 */
	boolean isGiven() {
		return this.options != null && this.options.isLimited();
	}

	/**
	 * What sets the limit of a phase.
	 * @param phase the phase
	 * @return text for a message
	 */
	String setting(CallPhase phase) {
		if (isGiven(phase)) {
			return "CallOptions.timeout(CallPhase." + phase.name() + ", ...)";
		}
		return (asked(phase) != null) ? "the responseTimeout of the request, or the read timeout of its factory"
				: Abort.key(phase);
	}

	/**
	 * What sets the limit of the whole call.
	 * @return text for a message
	 */
	String setting() {
		return isGiven() ? "CallOptions.timeout(...)" : "holdfast.client.call-timeout";
	}

	/**
	 * What the caller is told when a phase has lasted too long.
	 * @param phase the phase
	 * @return the reason
	 */
	Abort abort(CallPhase phase) {
		return Abort.ofPhase(phase, of(phase), setting(phase));
	}

}
