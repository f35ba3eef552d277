/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * What is being done with a lease.
 *
 * @since 0.1.0
 */
public enum Activity {

	/** A connection is being opened for it. */
	CONNECTING,

	/** A thread waits for the peer to take something. */
	SENDING,

	/** A thread waits for the peer to say something. */
	RECEIVING,

	/**
	 * The call waits for its application, for the next piece of what it sends as a rule:
	 * the thread that took the lease is still within the call.
	 */
	PRODUCING,

	/** The application has it, and nobody waits for the peer. */
	APPLICATION

}
