/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;

import dev.holdfast.server.Wire;
import jakarta.servlet.RequestDispatcher;
import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/**
 * A stream over HTTP/2. When the client resets it, or the connection ends, Tomcat leaves
 * an exception in the request at once, for whoever would read it.
 *
 * @param request the request as Tomcat's own code sees it
 */
record StreamWire(Request request) implements Wire {

	@Override
	public @Nullable SocketChannel channel() {
		return null;
	}

	// Another thread writes it without a lock: what is missed now is seen in the next
	// round. A timeout is not the client's.
	@Override
	public boolean isReset() {
		return this.request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof IOException failure
				&& !(failure instanceof SocketTimeoutException);
	}

}
