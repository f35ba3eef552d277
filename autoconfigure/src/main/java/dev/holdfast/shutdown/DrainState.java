/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.Locale;

/**
 * Where a service is between serving and having stopped.
 */
enum DrainState {

	/** It serves. */
	SERVING(0),

	/** It serves and tells its peers to go elsewhere. */
	DRAINING(1),

	/** The delay is over, it waits for SIGTERM and still serves. */
	DRAINED(2),

	/** The process is ending: this cannot be taken back. */
	STOPPING(3);

	private final int code;

	DrainState(int code) {
		this.code = code;
	}

	/**
	 * The state as the meter shows it.
	 * @return a number that grows on the way to the end
	 */
	int code() {
		return this.code;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
