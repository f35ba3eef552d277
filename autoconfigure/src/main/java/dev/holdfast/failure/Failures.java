/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Tells what went wrong from what was thrown, by the JDK's own types and messages.
 *
 * @since 0.1.0
 */
public final class Failures {

	private static final int DEEPEST = 16;

	private static final Library NOTHING_MORE = (failure) -> null;

	private Failures() {
	}

	/**
	 * Kind of a failure.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @return the kind that the outermost telling exception names,
	 * {@link FailureKind#OTHER} if none does
	 */
	public static FailureKind kindOf(Throwable thrown) {
		return kindOf(thrown, NOTHING_MORE);
	}

	/**
	 * Kind of a failure, where a library has exceptions of its own.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @param library knows the exceptions of the library, {@code null} for others
	 * @return the kind that the outermost telling exception names,
	 * {@link FailureKind#OTHER} if none does
	 */
	public static FailureKind kindOf(Throwable thrown, Library library) {
		Throwable failure = thrown;
		for (int depth = 0; failure != null && depth < DEEPEST; depth++) {
			FailureKind kind = library.kindOf(failure);
			kind = (kind != null) ? kind : byType(failure);
			if (kind != null) {
				return kind;
			}
			failure = failure.getCause();
		}
		return FailureKind.OTHER;
	}

	private static @Nullable FailureKind byType(Throwable failure) {
		if (failure instanceof UnknownHostException) {
			return FailureKind.DNS;
		}
		if (failure instanceof SSLException) {
			return tls(failure);
		}
		if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
			return FailureKind.TIMEOUT;
		}
		if (failure instanceof SocketException) {
			return socket(failure);
		}
		if (failure instanceof ClosedByInterruptException) {
			return FailureKind.CANCELLED;
		}
		if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
			return FailureKind.CLOSED_BY_PEER;
		}
		if (failure instanceof ProtocolException) {
			return FailureKind.PROTOCOL;
		}
		if (failure instanceof CancellationException || failure instanceof InterruptedException
				|| failure instanceof InterruptedIOException) {
			return FailureKind.CANCELLED;
		}
		return (failure instanceof IOException) ? byMessage(failure) : null;
	}

	// a reset within TLS arrives as an SSLException around the SocketException
	private static FailureKind tls(Throwable failure) {
		Throwable cause = failure.getCause();
		if (cause instanceof SocketException || cause instanceof SocketTimeoutException
				|| cause instanceof EOFException) {
			FailureKind below = byType(cause);
			return (below != null) ? below : FailureKind.TLS;
		}
		return FailureKind.TLS;
	}

	private static @Nullable FailureKind socket(Throwable failure) {
		if (failure instanceof BindException || failure instanceof NoRouteToHostException
				|| failure instanceof PortUnreachableException) {
			return FailureKind.UNREACHABLE;
		}
		String message = message(failure);
		if (failure instanceof ConnectException) {
			return message.contains("refused") ? FailureKind.REFUSED : FailureKind.UNREACHABLE;
		}
		if (message.contains("unreachable") || message.contains("no route")) {
			return FailureKind.UNREACHABLE;
		}
		return byMessage(failure);
	}

	private static @Nullable FailureKind byMessage(Throwable failure) {
		String message = message(failure);
		if (message.contains("connection reset") || message.contains("broken pipe")
				|| message.contains("connection abort")) {
			return FailureKind.RESET;
		}
		if (message.contains("end of stream") || message.contains("end of file")) {
			return FailureKind.CLOSED_BY_PEER;
		}
		return null;
	}

	private static String message(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message.toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * What a library says about its own exceptions.
	 */
	@FunctionalInterface
	public interface Library {

		/**
		 * Kind of one exception, its causes aside.
		 * @param failure what was thrown
		 * @return the kind, {@code null} if it says nothing
		 */
		@Nullable FailureKind kindOf(Throwable failure);

	}

}
