/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.failure;

import java.util.Locale;

/**
 * What a call is doing, in the order in which a call does it. The set is closed: it is a
 * tag of meters.
 *
 * @since 0.1.0
 */
public enum CallPhase {

	/** Waits for a connection of the pool. */
	LEASE,

	/** Resolves the name of the peer. */
	DNS,

	/** Opens the connection, over all addresses of the peer. */
	CONNECT,

	/** Shakes hands. */
	TLS,

	/** Sends the request. */
	WRITE,

	/** Waits for the last byte of the response's headers. */
	HEADERS,

	/** Reads the response's body. */
	BODY,

	/** Pauses before the next attempt. */
	BACKOFF;

	/**
	 * Name in meters and answers.
	 * @return lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
