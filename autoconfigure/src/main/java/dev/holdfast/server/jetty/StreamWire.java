/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.io.EOFException;
import java.nio.channels.SocketChannel;

import dev.holdfast.server.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A stream over HTTP/2. Jetty tells when the client resets it or the connection ends.
 */
final class StreamWire implements Wire {

	private volatile boolean reset;

	// an idle timeout, for one, is not the client's
	void failed(Throwable failure) {
		if (failure instanceof EOFException) {
			this.reset = true;
		}
	}

	@Override
	public @Nullable SocketChannel channel() {
		return null;
	}

	@Override
	public boolean isReset() {
		return this.reset;
	}

}
