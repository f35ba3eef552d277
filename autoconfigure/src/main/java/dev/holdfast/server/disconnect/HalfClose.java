/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

/**
 * What it means that a client has closed its direction of the connection. Most clients
 * close both at once, which looks the same from here.
 *
 * @since 0.1.0
 */
public enum HalfClose {

	/** It has left. */
	GONE,

	/** It may still read: only a reset says that it has left. */
	IGNORE

}
