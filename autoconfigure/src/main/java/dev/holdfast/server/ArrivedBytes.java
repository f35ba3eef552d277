/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * Whether the kernel holds bytes that the server has not read yet.
 *
 * @since 0.1.0
 */
public final class ArrivedBytes {

	private ArrivedBytes() {
	}

	/**
	 * Asks the kernel, and reads nothing.
	 * @param channel the channel of a server, open or not
	 * @return whether it is certain that no bytes wait to be read: a channel over a path
	 * in the file system cannot be asked
	 */
	public static boolean none(SocketChannel channel) {
		try {
			return channel.getLocalAddress() instanceof InetSocketAddress
					&& channel.socket().getInputStream().available() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
