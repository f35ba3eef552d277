/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A call failed in a way for which the JDK has no exception of its own.
 *
 * @since 0.1.0
 */
public final class CallFailedException extends IOException implements CallFailure {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final Facts facts;

	CallFailedException(String message, Facts facts, @Nullable Throwable cause) {
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
