/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.failure;

import java.util.Locale;

/**
 * What went wrong on a network. The set is closed: it is a tag of meters.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/** The peer's machine answered that nobody listens there. */
	REFUSED(true),

	/**
	 * No way to the peer: no route, no local port left, or its network does not answer.
	 */
	UNREACHABLE(true),

	/** The name of the peer could not be resolved. */
	DNS(true),

	/** The handshake failed: a certificate, a protocol version, or no TLS at all. */
	TLS(false),

	/** A limit of time was over. */
	TIMEOUT(false),

	/** The peer cut the connection. */
	RESET(false),

	/** The peer ended the connection before its answer was complete. */
	CLOSED_BY_PEER(false),

	/** No connection of the pool came free in time. */
	POOL_EXHAUSTED(true),

	/** Nobody waits for the outcome any more. */
	CANCELLED(false),

	/** The answer is larger than allowed. */
	RESPONSE_TOO_LARGE(false),

	/** The address is one that must not be called. */
	BLOCKED_ADDRESS(false),

	/** What arrived is not what the protocol allows. */
	PROTOCOL(false),

	/** Anything else. */
	OTHER(false);

	private final boolean beforeTheRequest;

	FailureKind(boolean beforeTheRequest) {
		this.beforeTheRequest = beforeTheRequest;
	}

	/**
	 * Whether the peer cannot have seen the request, so that it may be sent again
	 * whatever it does.
	 * @return {@code true} for failures that come before anything is sent
	 */
	public boolean isBeforeTheRequest() {
		return this.beforeTheRequest;
	}

	/**
	 * Whether it says no more than that the other side has gone, which is normal on a
	 * network and no reason for a stack trace.
	 * @return {@code true} for a connection that was reset or closed
	 */
	public boolean isPeerGone() {
		return this == RESET || this == CLOSED_BY_PEER;
	}

	/**
	 * Name in meters and answers.
	 * @return lower case, with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
