/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import dev.holdfast.server.disconnect.Wire;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A connection over HTTP/1.1.
 *
 * @param channel its channel
 * @param socket the same, with what Tomcat has read and not yet used
 */
record SocketWire(SocketChannel channel, SocketWrapperBase<?> socket) implements Wire {

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

}
