/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.SocketException;

import org.jspecify.annotations.Nullable;

/**
 * The peer cut the connection.
 *
 * @since 0.1.0
 */
public final class CallResetException extends SocketException implements CallFailure {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final Facts facts;

	CallResetException(String message, Facts facts, @Nullable Throwable cause) {
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
