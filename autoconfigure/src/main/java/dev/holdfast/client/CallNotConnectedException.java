/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.ConnectException;

import org.jspecify.annotations.Nullable;

/**
 * The peer could not be reached.
 *
 * @since 0.1.0
 */
public final class CallNotConnectedException extends ConnectException implements CallFailure {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final Facts facts;

	CallNotConnectedException(String message, Facts facts, @Nullable Throwable cause) {
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
