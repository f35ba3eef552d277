/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.InetSocketAddress;

/**
 * A row of the socket table.
 *
 * @param state its state
 * @param local our end; IPv4 where the kernel says IPv4 in IPv6
 * @param remote the peer's end, port 0 of a socket that listens
 * @param receiveQueue bytes that have arrived and were not read; of a socket that
 * listens, connections that nobody has accepted
 * @param sendQueue bytes that the peer has not acknowledged, 1 while connecting
 * @param retransmits how often what is unacknowledged was sent again, without an answer
 * since
 * @param probing whether the peer takes no more bytes: it does not read, and is asked now
 * and then whether it would
 * @since 0.1.0
 */
public record SocketEntry(SocketState state, InetSocketAddress local, InetSocketAddress remote, long receiveQueue,
		long sendQueue, int retransmits, boolean probing) {

	/**
	 * Whether the peer's kernel does not answer: what was sent is sent again and again.
	 * @return {@code true} after the first time
	 */
	public boolean retransmitting() {
		return this.retransmits > 0 && !this.probing;
	}

}
