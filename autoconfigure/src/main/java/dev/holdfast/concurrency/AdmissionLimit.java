/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

/**
 * How many requests may run at the same time, for whoever has to size something after it.
 */
@FunctionalInterface
public interface AdmissionLimit {

	/**
	 * The limit in force; the server's own number of threads may still raise it while the
	 * application starts.
	 * @return the limit, at least 1
	 */
	int limit();

}
