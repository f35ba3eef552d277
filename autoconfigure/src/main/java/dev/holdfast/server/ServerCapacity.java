/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

/**
 * What a running server can carry.
 *
 * @param server name of the server, for logs and reports
 * @param configuredThreads threads as configured, or {@link #UNKNOWN}
 * @param usableThreads threads that can work on requests at the same time, 0 if the
 * server keeps all of them for itself, or {@link #UNKNOWN} where there is no bound or
 * none can be read
 * @param virtual whether requests run on virtual threads
 * @param maxConnections connections it keeps open, or {@link #UNKNOWN} where there is no
 * bound
 * @since 0.1.0
 */
public record ServerCapacity(String server, int configuredThreads, int usableThreads, boolean virtual,
		int maxConnections) {

	/** Stands for a number that does not exist or cannot be read. */
	public static final int UNKNOWN = -1;

	boolean isBounded() {
		return this.usableThreads >= 0;
	}

}
