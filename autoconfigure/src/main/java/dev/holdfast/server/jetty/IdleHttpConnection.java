/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

import dev.holdfast.server.ArrivedBytes;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Closes a connection over HTTP/1.1 that waits for a request. Which that are is known
 * only to a class that Jetty keeps to itself: counts of messages do not tell a request
 * whose header has begun to arrive, nor one that is answered before its body has come.
 */
final class IdleHttpConnection {

	private static final String NO_CIPHER_YET = "SSL_NULL_WITH_NULL_NULL";

	private IdleHttpConnection() {
	}

	/**
	 * Closes a connection if it waits for a request.
	 * @param endPoint end point at the network
	 * @param quiet how long it must have been quiet
	 * @return whether it was closed
	 */
	static boolean close(EndPoint endPoint, Duration quiet) {
		return endPoint instanceof AbstractEndPoint network && network.getIdleFor() >= quiet.toMillis()
				&& decrypted(network.getConnection()) instanceof HttpConnection http && http.getParser().isStart()
				&& network.getTransport() instanceof SocketChannel channel && ArrivedBytes.none(channel)
				&& http.getEndPoint() instanceof AbstractEndPoint end && close(end);
	}

	// whoever takes the interest in a read has the connection: a request that comes in
	// between is not read
	private static boolean close(AbstractEndPoint end) {
		if (!end.getFillInterest().onFail(new ClosedChannelException())) {
			return false;
		}
		end.close();
		return true;
	}

	private static Connection decrypted(Connection connection) {
		return (connection instanceof SslConnection ssl && isEstablished(ssl.getSSLEngine()))
				? ssl.getSslEndPoint().getConnection() : connection;
	}

	private static boolean isEstablished(SSLEngine engine) {
		return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
				&& !engine.getSession().getCipherSuite().equals(NO_CIPHER_YET);
	}

}
