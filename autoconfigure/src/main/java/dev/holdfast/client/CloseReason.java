/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.Locale;

/**
 * Why a connection was closed. The set is closed: it is a tag of meters.
 *
 * @since 0.1.0
 */
public enum CloseReason {

	/** The call on it failed, or the connection could not be opened. */
	FAILED,

	/** A limit of time was over, or nobody waited any more. */
	ABORTED,

	/** The peer or the protocol did not allow another request on it. */
	NOT_REUSABLE,

	/** It had served as many requests as it may. */
	MAX_REQUESTS,

	/** More was left of a body than is read on close. */
	UNDRAINED,

	/** Nobody gave it back, and it was taken. */
	RECLAIMED,

	/** It was idle for too long, too old, or closed by the peer meanwhile. */
	EXPIRED;

	/**
	 * Name in meters and answers.
	 * @return lower case, with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
