/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.util.Set;

/**
 * Which requests are ended when their time is over or their client has gone. Those that
 * are not go on: work that is half done is worse than work that is late.
 *
 * @since 0.1.0
 */
public enum CancelPolicy {

	/** Those that change nothing: GET, HEAD and OPTIONS (RFC 9110, section 9.2.1). */
	SAFE,

	/** All. */
	ALL,

	/** None but those whose handler allows it. */
	NONE;

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

	boolean allows(String method) {
		return this == ALL || (this == SAFE && SAFE_METHODS.contains(method));
	}

}
