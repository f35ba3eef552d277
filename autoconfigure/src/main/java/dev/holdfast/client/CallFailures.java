/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.io.IOException;

import dev.holdfast.client.CallFailure.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the exception of a failure.
 */
public final class CallFailures {

	private CallFailures() {
	}

	/**
	 * The exception of a failure: of the JDK's type where there is one.
	 * @param message what happened, with the limit and the property that raises it
	 * @param facts what is known
	 * @param cause what was thrown below, if anything was
	 * @return an exception that is a {@link CallFailure}
	 */
	public static IOException of(String message, Facts facts, @Nullable Throwable cause) {
		return switch (facts.kind()) {
			case TIMEOUT -> new CallTimeoutException(message, facts, cause);
			case REFUSED, UNREACHABLE -> new CallNotConnectedException(message, facts, cause);
			case DNS -> new CallHostUnknownException(message, facts, cause);
			case TLS -> new CallTlsException(message, facts, cause);
			case RESET -> new CallResetException(message, facts, cause);
			case CANCELLED, POOL_EXHAUSTED -> new CallAbandonedException(message, facts, cause);
			default -> new CallFailedException(message, facts, cause);
		};
	}

}
