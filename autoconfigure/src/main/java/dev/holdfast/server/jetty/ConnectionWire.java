/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.nio.channels.SocketChannel;

import dev.holdfast.server.Wire;
import org.eclipse.jetty.io.AbstractEndPoint;

/**
 * A connection over HTTP/1.1. Jetty remembers a write that has failed, and writes nothing
 * more.
 *
 * @param channel its channel
 * @param endPoint what answers are written to
 */
record ConnectionWire(SocketChannel channel, AbstractEndPoint endPoint) implements Wire {

	@Override
	public boolean isReset() {
		return this.endPoint.getWriteFlusher().isFailed();
	}

}
