/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the client of a request, as its server knows it. A server leaves it in
 * the request before any filter sees that, or with the thread, see {@link CurrentWire}.
 *
 * @since 0.1.0
 */
public interface Wire {

	/** Attribute of a request that holds its wire. */
	String ATTRIBUTE = Wire.class.getName();

	/**
	 * The wire of a request, asked on its thread. On others only wires are found that can
	 * be reset.
	 * @param request the request
	 * @return the wire, {@code null} if its server has told none
	 */
	static @Nullable Wire of(ServletRequest request) {
		Wire own = CurrentWire.get();
		return (own != null) ? own : (Wire) request.getAttribute(ATTRIBUTE);
	}

	/**
	 * A connection that carries one request at a time.
	 * @param channel its channel
	 * @return the wire
	 */
	static Wire of(SocketChannel channel) {
		return new OwnConnection(channel);
	}

	/**
	 * The channel of a connection that carries this request alone.
	 * @return the channel, {@code null} if others share the connection: then the server
	 * tells when the client has left
	 */
	@Nullable SocketChannel channel();

	/**
	 * Whether the server has been told that the client takes no answer. It may be asked
	 * on any thread as long as the request runs.
	 * @return {@code true} after a reset of the stream, or the end of the connection
	 */
	boolean isReset();

	/**
	 * Looks whether the client has closed its direction of a connection that carries this
	 * request alone. It is asked on the thread of the request, before that has begun, and
	 * may read ahead.
	 * @return {@code false} if it has not, or is not known
	 */
	default boolean isClosedByClient() {
		return false;
	}

	/**
	 * Ends the connection of this request alone: its client hears no more. It may be
	 * called on any thread as long as the request runs; the server gives the connection
	 * up when that is over.
	 * @return {@code false} if others share the connection, or it has gone
	 */
	default boolean close() {
		SocketChannel own = channel();
		if (own == null) {
			return false;
		}
		try {
			own.shutdownOutput();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Has the connection stay open behind an answer whose status would make the server
	 * close it. Asked on the thread of the request, right before the answer is written
	 * whole, and only where no body is left to be read.
	 * @param status what the client is to get
	 * @return what to set as the status of the response, so that the client gets that one
	 */
	default int statusThatKeeps(int status) {
		return status;
	}

	/**
	 * A connection over HTTP/1.1.
	 *
	 * @param channel its channel
	 */
	record OwnConnection(SocketChannel channel) implements Wire {

		@Override
		public boolean isReset() {
			return false;
		}

	}

}
