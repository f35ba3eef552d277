/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;

import dev.holdfast.failure.CallPhase;

/**
 * Longest times of the phases of a call.
 *
 * @param lease wait for a connection of the pool
 * @param dns resolution of the peer's name
 * @param connect opening of the connection, over all addresses of the peer
 * @param tls handshake, from its first to its last byte
 * @param header from the end of the request to the last byte of the response's headers
 * @param idle wait for the next bytes of the response's body
 * @param write time for which the peer takes no byte of the request
 * @param call everything, from the lease to the last byte of the response's body
 * @param callIsHard whether a body that flows is cut at the call's limit, too
 */
public record CallLimits(Duration lease, Duration dns, Duration connect, Duration tls, Duration header, Duration idle,
		Duration write, Duration call, boolean callIsHard) {

	/** At this rate, in bytes per second of waiting for the peer, a body flows. */
	public static final long FLOW = 1024;

	/** Shortest limit that can be set. */
	static final Duration SHORTEST = Duration.ofMillis(1);

	/** Longest limit that can be set: there is no value for none. */
	static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * The limit of a phase.
	 * @param phase the phase; a pause counts as the body, for it has no limit
	 * @return longest time
	 */
	public Duration of(CallPhase phase) {
		return switch (phase) {
			case LEASE -> this.lease;
			case DNS -> this.dns;
			case CONNECT -> this.connect;
			case TLS -> this.tls;
			case WRITE -> this.write;
			case HEADERS -> this.header;
			case BODY, BACKOFF -> this.idle;
		};
	}

}
