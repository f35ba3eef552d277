/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Loopback addresses of one server, in turn.
 */
final class Addresses {

	private final List<InetSocketAddress> all = new ArrayList<>();

	private int turn;

	Addresses(int count, int port) {
		for (int i = 0; i < count; i++) {
			this.all.add(new InetSocketAddress(loopback(1 + i), port));
		}
	}

	InetSocketAddress next() {
		this.turn = (this.turn + 1) % this.all.size();
		return this.all.get(this.turn);
	}

	private static InetAddress loopback(int last) {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Four bytes are an address", ex);
		}
	}

}
