/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Whether the first byte of an answer is out.
 *
 * @since 0.1.0
 */
public final class FirstByte {

	private FirstByte() {
	}

	/**
	 * Asks a response, on any thread. When its request ends meanwhile the answer may be
	 * that of the next one: whoever asks has to look whether it still runs.
	 * @param response the response, {@code null} if there is none
	 * @return whether it was committed, or taken away by the container
	 */
	public static boolean isOut(@Nullable HttpServletResponse response) {
		try {
			return response != null && response.isCommitted();
		}
		catch (RuntimeException ex) {
			// the container has taken it away: the request is over
			return true;
		}
	}

}
