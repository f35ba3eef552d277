/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.lifetime.EndReason;

/**
 * Why a call was cut.
 *
 * @param kind what the caller is told
 * @param phase what the call was doing
 * @param reason what happened, and which property sets the limit
 */
record Abort(FailureKind kind, CallPhase phase, String reason) {

	static Abort ofPhase(CallPhase phase, Duration limit, String setting) {
		String text = limit.toMillis() + " ms (" + setting + ")";
		return new Abort(FailureKind.TIMEOUT, phase, switch (phase) {
			case LEASE -> "no connection of the pool within " + text;
			case DNS -> "no address within " + text;
			case CONNECT -> "no connection within " + text;
			case TLS -> "no complete handshake within " + text;
			case WRITE -> "the peer took nothing of the request for " + text;
			case HEADERS -> "no complete response headers within " + text;
			case BODY, BACKOFF -> "nothing of the body for " + text;
		});
	}

	/**
	 * The property that limits a phase, for all clients.
	 * @param phase the phase
	 * @return its key
	 */
	static String key(CallPhase phase) {
		return "holdfast.client." + switch (phase) {
			case LEASE, DNS, CONNECT, TLS, WRITE -> phase.label();
			case HEADERS -> "header";
			case BODY, BACKOFF -> "idle";
		} + "-timeout";
	}

	static Abort ofCall(CallPhase phase, long millis, String setting) {
		return new Abort(FailureKind.TIMEOUT, phase, "the call did not end within " + millis + " ms (" + setting + ")");
	}

	static Abort ofLifetime(CallPhase phase, EndReason reason) {
		return (reason == EndReason.DEADLINE)
				? new Abort(FailureKind.TIMEOUT, phase, "the deadline of the work it was made for has passed")
				: new Abort(FailureKind.CANCELLED, phase, "the work it was made for has ended (" + reason + ")");
	}

	static Abort ofLeak(CallPhase phase) {
		return new Abort(FailureKind.CANCELLED, phase,
				"nothing was done with the response for so long that its connection was taken back "
						+ "(holdfast.leak.reclaim-after)");
	}

}
