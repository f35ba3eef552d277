/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.util.Locale;

/**
 * Where a request is.
 *
 * @since 0.1.0
 */
public enum Phase {

	/** It waits for a permit. */
	QUEUED,

	/** It has a permit and passes through the filters. */
	FILTERS,

	/** The handler works on it. */
	HANDLER,

	/** It goes on without a thread. */
	ASYNC;

	/**
	 * The phase as it stands in the endpoint.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
