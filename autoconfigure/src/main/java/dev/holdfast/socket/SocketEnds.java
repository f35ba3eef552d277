/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.InetSocketAddress;

/**
 * The two ends of a connection.
 *
 * @param local our end
 * @param remote the peer's end
 * @since 0.1.0
 */
public record SocketEnds(InetSocketAddress local, InetSocketAddress remote) {
}
