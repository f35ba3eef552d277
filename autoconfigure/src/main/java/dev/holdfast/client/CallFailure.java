/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.Map;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;

/**
 * Why a call failed. Every failure of a bounded client is an {@link java.io.IOException}
 * that implements this interface and extends the JDK's exception of its kind where there
 * is one, so that code which knows the JDK's keeps working. Spring wraps it: it is the
 * cause of a {@code ResourceAccessException}, or of a {@code RestClientException} where
 * the body was being read.
 *
 * @since 0.1.0
 */
public sealed interface CallFailure permits CallFailedException, CallTimeoutException, CallNotConnectedException,
		CallHostUnknownException, CallTlsException, CallResetException, CallAbandonedException {

	/**
	 * What is known about the failure.
	 * @return the facts
	 */
	Facts facts();

	/**
	 * What went wrong.
	 * @return the kind
	 */
	default FailureKind kind() {
		return facts().kind();
	}

	/**
	 * What the call was doing.
	 * @return the phase
	 */
	default CallPhase phase() {
		return facts().phase();
	}

	/**
	 * Whether the same call may succeed when it is made again, and making it again does
	 * no harm: for a request that may have reached the peer only if it is idempotent.
	 * @return {@code true} if a later attempt is sensible
	 */
	default boolean isRetryable() {
		return facts().retryable();
	}

	/**
	 * What is known about a failed call.
	 *
	 * @param client name of the client
	 * @param target scheme, host and port of the peer
	 * @param kind what went wrong
	 * @param phase what the call was doing
	 * @param elapsed time spent in each phase, over all attempts, in the order of the
	 * phases
	 * @param attempts how often it was tried, at least once
	 * @param retryable whether a later attempt is sensible
	 */
	record Facts(String client, String target, FailureKind kind, CallPhase phase, Map<CallPhase, Duration> elapsed,
			int attempts, boolean retryable) {

		/**
		 * Time from the beginning of the call to its failure.
		 * @return the sum of all phases
		 */
		public Duration total() {
			return this.elapsed.values().stream().reduce(Duration.ZERO, Duration::plus);
		}

	}

}
