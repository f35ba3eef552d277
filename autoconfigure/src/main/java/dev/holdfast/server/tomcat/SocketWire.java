/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import dev.holdfast.server.CurrentWire;
import dev.holdfast.server.Wire;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A connection over HTTP/1.1. Tomcat closes it behind a 503, which it cannot be told to
 * leave: it looks at the status when it begins to prepare the headers, and once more
 * after the request. In between it reads the status that it writes, so that is where the
 * response has the one that the client is to get.
 */
final class SocketWire implements Wire {

	/** The other status of a refusal: were it ever sent instead, it would be no lie. */
	private static final int KEEPS = 429;

	private final SocketChannel channel;

	private final SocketWrapperBase<?> socket;

	private final Request request;

	/** Kept back until the headers are written, 0 if there is none. */
	private int withheld;

	/**
	 * A wire.
	 * @param channel its channel
	 * @param socket the same, with what Tomcat has read and not yet used
	 * @param request what it carries, one after the other
	 */
	SocketWire(SocketChannel channel, SocketWrapperBase<?> socket, Request request) {
		this.channel = channel;
		this.socket = socket;
		this.request = request;
	}

	/**
	 * Called while Tomcat prepares the headers, on the thread that it brought the request
	 * with.
	 * @param response gets the status that was withheld
	 */
	static void headersAreWritten(Response response) {
		if (response.getStatus() == KEEPS && CurrentWire.get() instanceof SocketWire wire && wire.withheld != 0) {
			response.setStatus(wire.withheld);
		}
	}

	/**
	 * Whether the thread has a request that wants to go on as something else than HTTP.
	 * @return {@code true} for the handshake of a WebSocket
	 */
	static boolean isHandshake() {
		return CurrentWire.get() instanceof SocketWire wire
				&& "websocket".equalsIgnoreCase(wire.request.getHeader("Upgrade"));
	}

	/**
	 * Called when the request is over and logged.
	 * @param response gets the status with which Tomcat goes on reading
	 */
	void isOver(Response response) {
		if (this.withheld != 0) {
			response.setStatus(KEEPS);
			this.withheld = 0;
		}
	}

	@Override
	public SocketChannel channel() {
		return this.channel;
	}

	@Override
	public boolean isReset() {
		return false;
	}

	// what comes instead of the end stays in Tomcat's buffer, for the next request
	@Override
	public boolean isClosedByClient() {
		try {
			this.socket.isReadyForRead();
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Override
	public int statusThatKeeps(int status) {
		this.withheld = status;
		return KEEPS;
	}

}
