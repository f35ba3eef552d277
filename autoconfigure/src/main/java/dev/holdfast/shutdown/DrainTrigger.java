/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.Locale;

/**
 * What has begun a drain.
 */
enum DrainTrigger {

	/** The endpoint {@code drain}. */
	ENDPOINT("the endpoint drain"),

	/** The endpoint {@code prestop}. */
	PRESTOP("the endpoint prestop"),

	/** The end of the process, or of the application context. */
	SHUTDOWN("shutdown");

	private final String text;

	DrainTrigger(String text) {
		this.text = text;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	String text() {
		return this.text;
	}

}
