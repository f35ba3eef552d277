/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;
import java.util.Set;

import dev.holdfast.failure.FailureKind;
import dev.holdfast.failure.Failures;
import dev.holdfast.server.Wire;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Tells whether a failure says that the client of a request has gone. A message such as
 * "Connection reset" does not say whose connection that was: a service that calls others
 * sees it of them as well, and their failures are its own. So it counts only if it was
 * thrown by the streams that the server lends to a request.
 */
final class ClientStreams {

	/** Thrown by Tomcat's streams and by nothing else. */
	private static final String TOMCAT = "org.apache.catalina.connector.ClientAbortException";

	/** Of Jetty's streams, and of its client as well. */
	private static final String JETTY = "org.eclipse.jetty.io.EofException";

	private static final Set<String> TOMCAT_STREAMS = Set.of("org.apache.catalina.connector.OutputBuffer",
			"org.apache.catalina.connector.InputBuffer");

	/** What Jetty's server throws itself. */
	private static final String JETTY_SERVER = "org.eclipse.jetty.server.";

	private static final String JETTY_SERVLETS = "org.eclipse.jetty.ee";

	private static final Set<String> JETTY_STREAMS = Set.of("HttpOutput", "HttpInput");

	private static final int DEEPEST = 16;

	private ClientStreams() {
	}

	/**
	 * What a failure says about the client.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @return how the client has gone, {@code null} if that is not what it says
	 */
	static @Nullable FailureKind gone(Throwable thrown) {
		return (ofClient(thrown) != null) ? kind(thrown) : null;
	}

	/**
	 * What a failure of a request says about its client. A write that had to wait fails
	 * on another thread of Jetty's, whose streams do not show then: the connection knows.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @param request the request
	 * @return how the client has gone, {@code null} if that is not what it says
	 */
	static @Nullable FailureKind gone(Throwable thrown, ServletRequest request) {
		FailureKind said = gone(thrown);
		Wire wire = (said == null && ofServer(thrown) != null) ? Wire.of(request) : null;
		return (wire != null && wire.isReset()) ? kind(thrown) : said;
	}

	private static @Nullable FailureKind kind(Throwable thrown) {
		FailureKind kind = Failures.kindOf(thrown, ClientStreams::kindOf);
		return kind.isPeerGone() ? kind : null;
	}

	/**
	 * The outermost exception that is about the connection of the client.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @return the exception, {@code null} if there is none
	 */
	static @Nullable IOException ofClient(Throwable thrown) {
		Throwable failure = thrown;
		for (int depth = 0; failure != null && depth < DEEPEST; depth++) {
			if (failure instanceof IOException io && isOfClient(io)) {
				return io;
			}
			failure = failure.getCause();
		}
		return null;
	}

	/**
	 * The exception that the server itself has made of it.
	 * @param thrown what was thrown, whose causes are looked at as well
	 * @return the exception, {@code null} if there is none
	 */
	static @Nullable IOException ofServer(Throwable thrown) {
		Throwable failure = thrown;
		for (int depth = 0; failure != null && depth < DEEPEST; depth++) {
			if (failure instanceof IOException io
					&& (failure.getClass().getName().equals(TOMCAT) || failure.getClass().getName().equals(JETTY))) {
				return io;
			}
			failure = failure.getCause();
		}
		return null;
	}

	/**
	 * Answers where nothing has been answered yet: a client may have closed its side in
	 * the middle of the body and still listen, and a half is not a success.
	 * @param response the response
	 */
	static void answer(HttpServletResponse response) {
		if (!response.isCommitted()) {
			response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
		}
	}

	private static boolean isOfClient(IOException failure) {
		String name = failure.getClass().getName();
		if (failure instanceof AsyncRequestNotUsableException || name.equals(TOMCAT) || name.startsWith(JETTY_SERVER)) {
			return true;
		}
		for (StackTraceElement frame : failure.getStackTrace()) {
			if (isStream(frame.getClassName())) {
				return true;
			}
		}
		return false;
	}

	private static boolean isStream(String type) {
		String outer = type.contains("$") ? type.substring(0, type.indexOf('$')) : type;
		return TOMCAT_STREAMS.contains(outer) || (outer.startsWith(JETTY_SERVLETS)
				&& JETTY_STREAMS.contains(outer.substring(outer.lastIndexOf('.') + 1)));
	}

	// what the libraries throw tells less than its cause, if there is one
	private static @Nullable FailureKind kindOf(Throwable failure) {
		String type = failure.getClass().getName();
		if (failure.getCause() != null && type.equals(JETTY)) {
			return Failures.kindOf(failure.getCause());
		}
		boolean gone = failure instanceof AsyncRequestNotUsableException || type.equals(TOMCAT);
		return (gone && failure.getCause() == null) ? FailureKind.RESET : null;
	}

}
