/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

/**
 * How a refusal asks the server not to read what a client is still sending.
 *
 * @since 0.1.0
 */
public final class UnreadBody {

	/** Request attribute that is set when the body is to be left unread. */
	public static final String ABANDONED = UnreadBody.class.getName() + ".abandoned";

	private UnreadBody() {
	}

}
