/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jetty.http2.CloseState;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;

/**
 * Sends GOAWAY to Jetty's HTTP/2 connections. Jetty's own graceful shutdown of a session
 * sends the second, final GOAWAY as soon as there are no streams, which on a quiet
 * connection is at once: a request on its way is then dropped, and a peer that sends
 * nothing more keeps a connection that answers nothing. Here the first frame names an
 * identifier that no stream reaches, and the end comes when the connection has been quiet
 * for long enough. Apart from the rest because HTTP/2 is optional.
 */
final class JettyHttp2Sessions implements Http2Sessions {

	/**
	 * The highest identifier of a stream that a client can open, but one: at the highest
	 * Jetty begins its own graceful shutdown.
	 */
	private static final int EVERY_STREAM = Integer.MAX_VALUE - 2;

	private static final byte[] REASON = "drain".getBytes(StandardCharsets.US_ASCII);

	// open at the last call
	private final Map<Connector, Set<HTTP2Session>> known = new ConcurrentHashMap<>();

	@Override
	public void goAway(Connector connector) {
		Set<HTTP2Session> open = sessions(connector).collect(Collectors.toSet());
		Set<HTTP2Session> before = this.known.put(connector, open);
		open.stream()
			.filter((session) -> before == null || before.contains(session))
			.filter((session) -> session.getCloseState() == CloseState.NOT_CLOSED)
			.forEach((session) -> session.goAway(new GoAwayFrame(EVERY_STREAM, ErrorCode.NO_ERROR.code, REASON),
					Callback.NOOP));
	}

	@Override
	public void forget() {
		this.known.clear();
	}

	@Override
	public int closeQuiet(Connector connector, Duration quiet) {
		return (int) sessions(connector).filter((session) -> isQuiet(session, quiet))
			.filter((session) -> session.close(ErrorCode.NO_ERROR.code, "drained",
					Callback.from(session.getEndPoint()::close)))
			.count();
	}

	private static boolean isQuiet(HTTP2Session session, Duration quiet) {
		return session.getCloseState() == CloseState.LOCALLY_CLOSED && session.getStreams().isEmpty()
				&& session.getEndPoint() instanceof AbstractEndPoint endPoint
				&& endPoint.getIdleFor() >= quiet.toMillis();
	}

	private static Stream<HTTP2Session> sessions(Connector connector) {
		return connector.getConnectionFactories()
			.stream()
			.filter(AbstractHTTP2ServerConnectionFactory.class::isInstance)
			.map(AbstractHTTP2ServerConnectionFactory.class::cast)
			.flatMap((factory) -> factory.getBeans(SessionContainer.class).stream())
			.flatMap((container) -> container.getSessions().stream())
			.filter(HTTP2Session.class::isInstance)
			.map(HTTP2Session.class::cast);
	}

}
