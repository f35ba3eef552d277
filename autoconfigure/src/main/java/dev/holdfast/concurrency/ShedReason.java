/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.Locale;

/**
 * Why a request was refused.
 *
 * @since 0.1.0
 */
public enum ShedReason {

	/** The limit is reached and waiting is switched off. */
	LIMIT,

	/** The limit is reached and so is the bound of the queue. */
	QUEUE,

	/** No permit came free within the maximum wait. */
	TIMEOUT,

	/** The limit of the route is reached. */
	ROUTE,

	/** The lifetime of the request ended while it waited, here or in front of us. */
	DEADLINE;

	/**
	 * The reason as it stands in headers, tags and endpoints.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
