/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.CallLimits;
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

	static Abort ofPhase(CallPhase phase, CallLimits limits) {
		return new Abort(FailureKind.TIMEOUT, phase, switch (phase) {
			case LEASE -> "no connection of the pool within " + text(limits.lease().toMillis(), "lease");
			case DNS -> "no address within " + text(limits.dns().toMillis(), "dns");
			case CONNECT -> "no connection within " + text(limits.connect().toMillis(), "connect");
			case TLS -> "no complete handshake within " + text(limits.tls().toMillis(), "tls");
			case WRITE -> "the peer took nothing of the request for " + text(limits.write().toMillis(), "write");
			case HEADERS -> "no complete response headers within " + text(limits.header().toMillis(), "header");
			case BODY, BACKOFF -> "nothing of the body for " + text(limits.idle().toMillis(), "idle");
		});
	}

	static Abort ofCall(CallPhase phase, long millis) {
		return new Abort(FailureKind.TIMEOUT, phase, "the call did not end within " + text(millis, "call"));
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

	private static String text(long millis, String name) {
		return millis + " ms (holdfast.client." + name + "-timeout)";
	}

}
