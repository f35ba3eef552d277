/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * What an application uses up when it forgets to give things back.
 *
 * @since 0.1.0
 */
public enum Resource {

	/** Live threads of the JVM. */
	THREADS("threads", 50),

	/** Open file descriptors of the process. */
	DESCRIPTORS("descriptors", 100),

	/** Connections that pools have lent. */
	LEASES("leases", 10),

	/** Sockets whose peer has closed and that nobody here has closed yet. */
	CLOSE_WAIT("close-wait sockets", 10);

	private final String label;

	private final int least;

	Resource(String label, int least) {
		this.label = label;
		this.least = least;
	}

	/**
	 * Name for people.
	 * @return a noun in the plural
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Smallest rise that matters, however small the number was before.
	 * @return a number of them
	 */
	int least() {
		return this.least;
	}

}
