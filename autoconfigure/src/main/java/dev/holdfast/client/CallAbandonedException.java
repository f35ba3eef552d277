/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.io.InterruptedIOException;

import org.jspecify.annotations.Nullable;

/**
 * A call was given up before it was answered: nobody waited for it any more, or no
 * connection of the pool came free in time.
 *
 * @since 0.1.0
 */
public final class CallAbandonedException extends InterruptedIOException implements CallFailure {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final Facts facts;

	CallAbandonedException(String message, Facts facts, @Nullable Throwable cause) {
		super(message);
		this.facts = facts;
		if (cause != null) {
			initCause(cause);
		}
	}

	@Override
	public Facts facts() {
		return this.facts;
	}

}
