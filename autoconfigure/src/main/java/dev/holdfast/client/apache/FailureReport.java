/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallFailures;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.failure.Failures;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.StreamClosedException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.FilteredHostException;

/**
 * Turns what comes out of the client into one kind of exception. Aborted calls surface in
 * it as cancellations, closed sockets or illegal states, depending on what they were
 * doing.
 */
final class FailureReport {

	private static final Set<String> CLOSED = Set.of("Connection pool shut down",
			"Endpoint not acquired / already released", "Execution runtime is not acquired");

	private FailureReport() {
	}

	/**
	 * The exception for the caller.
	 * @param call the call
	 * @param thrown what came out of the client
	 * @return an exception that is a {@link CallFailure}
	 * @throws RuntimeException what was thrown, if it is unchecked and no failure of the
	 * network: the application's own code has thrown it
	 */
	static IOException of(Call call, Exception thrown) {
		if (thrown instanceof IOException known && thrown instanceof CallFailure) {
			return known;
		}
		CallPhase phase = call.phase();
		Abort abort = call.abort();
		if (abort != null) {
			return report(call, abort.kind(), abort.phase(), abort.reason(), cause(thrown));
		}
		// what the application's own code has thrown, whatever it was caused by
		if (thrown instanceof RuntimeException unchecked && !(thrown instanceof FilteredHostException)
				&& !(thrown instanceof CancellationException) && !isOfClosedClient(thrown)) {
			throw unchecked;
		}
		FailureKind kind = kindOf(thrown);
		if (thrown instanceof IOException unknown && kind == FailureKind.OTHER) {
			call.pool().stats().failed(kind, phase);
			return unknown;
		}
		return report(call, kind, phase, reason(call, thrown), thrown);
	}

	// the one limit of time that a socket holds itself
	private static String reason(Call call, Exception thrown) {
		return (thrown instanceof ConnectTimeoutException && call.pool().enforces())
				? text(thrown) + " (" + call.terms().setting(CallPhase.CONNECT) + ")" : text(thrown);
	}

	static IOException tooLarge(Call call, String reason) {
		return report(call, FailureKind.RESPONSE_TOO_LARGE, CallPhase.BODY, reason, null);
	}

	static FailureKind kindOf(Throwable thrown) {
		return Failures.kindOf(thrown, FailureReport::ofLibrary);
	}

	private static @Nullable FailureKind ofLibrary(Throwable thrown) {
		if (thrown instanceof ConnectionRequestTimeoutException) {
			return FailureKind.POOL_EXHAUSTED;
		}
		if (thrown instanceof ForbiddenAddressException || thrown instanceof FilteredHostException) {
			return FailureKind.BLOCKED_ADDRESS;
		}
		if (thrown instanceof HttpHostConnectException) {
			return text(thrown).contains("refused") ? FailureKind.REFUSED : FailureKind.UNREACHABLE;
		}
		if (thrown instanceof ConnectTimeoutException) {
			return FailureKind.TIMEOUT;
		}
		if (thrown instanceof NoHttpResponseException || thrown instanceof ConnectionClosedException
				|| thrown instanceof StreamClosedException || thrown instanceof TruncatedChunkException) {
			return FailureKind.CLOSED_BY_PEER;
		}
		if (thrown instanceof MalformedChunkCodingException || thrown instanceof MessageConstraintException) {
			return FailureKind.PROTOCOL;
		}
		if (thrown instanceof HttpException) {
			// one around a failure of the network says nothing by itself
			return (thrown.getCause() instanceof IOException) ? null : FailureKind.PROTOCOL;
		}
		if (isOfClosedClient(thrown)) {
			return FailureKind.CANCELLED;
		}
		// by an interrupt of a virtual thread, or with the pool
		String text = text(thrown).toLowerCase(Locale.ROOT);
		return (text.contains("closed by interrupt") || text.equals("socket closed")) ? FailureKind.CANCELLED : null;
	}

	// HttpClient has no type for a call whose pool is closed, or that has lost its
	// connection
	private static boolean isOfClosedClient(Throwable thrown) {
		return thrown instanceof IllegalStateException && CLOSED.contains(text(thrown));
	}

	private static IOException report(Call call, FailureKind kind, CallPhase phase, String reason,
			@Nullable Throwable cause) {
		Map<CallPhase, Duration> times = call.times();
		call.pool().stats().failed(kind, phase);
		CallFailure.Facts facts = new CallFailure.Facts(call.pool().stats().client(), call.route().target(), kind,
				phase, times, call.attempts().count(), isRetryable(call, kind, phase));
		return CallFailures.of(message(call, facts, reason), facts, cause);
	}

	private static boolean isRetryable(Call call, FailureKind kind, CallPhase phase) {
		boolean unsent = phase.compareTo(CallPhase.WRITE) < 0;
		return switch (kind) {
			case REFUSED, UNREACHABLE, DNS, POOL_EXHAUSTED -> true;
			case TIMEOUT, RESET, CLOSED_BY_PEER -> unsent || Idempotence.of(call.method());
			default -> false;
		};
	}

	private static String message(Call call, CallFailure.Facts facts, String reason) {
		StringBuilder text = new StringBuilder(160).append(call.method())
			.append(' ')
			.append(facts.target())
			.append(" by client '")
			.append(facts.client())
			.append("': ")
			.append(facts.kind().label())
			.append(" in phase ")
			.append(facts.phase().label())
			.append(": ")
			.append(reason)
			.append(". Time spent:");
		facts.elapsed()
			.forEach((phase, time) -> text
				.append(String.format(Locale.ROOT, " %s %.1f ms", phase.label(), time.toNanos() / 1e6)));
		return (facts.attempts() > 1) ? text.append(", ").append(facts.attempts()).append(" attempts").toString()
				: text.toString();
	}

	// our own signal says nothing that the reason does not
	private static @Nullable Throwable cause(Throwable thrown) {
		return (thrown instanceof CallCutException) ? null : thrown;
	}

	private static String text(Throwable thrown) {
		String message = thrown.getMessage();
		return (message != null) ? message : thrown.getClass().getSimpleName();
	}

}
