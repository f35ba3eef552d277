/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Locale;

/**
 * What is likely to be the matter with a lease that lasts. The set is closed: it is a tag
 * of meters.
 *
 * @since 0.1.0
 */
public enum SuspicionKind {

	/**
	 * What the application got with it was garbage-collected: nobody can give it back.
	 */
	COLLECTED(true),

	/**
	 * The application has it and does nothing with it; the thread or the request that
	 * took it has gone on.
	 */
	ABANDONED(true),

	/**
	 * The application has it and does nothing with it; its request still runs, or its
	 * thread is still within the call and has nothing to send yet.
	 */
	HELD(false),

	/** The peer takes nothing of what is sent to it. */
	STUCK_WRITE(true),

	/** No connection has been opened for it. */
	NEVER_CONNECTED(true),

	/** The peer says nothing. */
	WAITING_FOR_PEER(false),

	/** Bytes move, but fewer than a kilobyte in a second. */
	SLOW_DRIP(false);

	private final boolean alarming;

	SuspicionKind(boolean alarming) {
		this.alarming = alarming;
	}

	/**
	 * Whether a healthy application does not come into this state.
	 * @return {@code false} for what may be just a long call
	 */
	public boolean isAlarming() {
		return this.alarming;
	}

	/**
	 * Name in meters and answers.
	 * @return lower case, with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
