/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Finds rows by both ends.
 */
final class RowsByEnds {

	private final Rows rows;

	private final Slots slots;

	RowsByEnds(Rows rows) {
		this.rows = rows;
		this.slots = new Slots(rows.size());
		for (int row = 0; row < rows.size(); row++) {
			index(row);
		}
	}

	private void index(int row) {
		int slot = this.slots.first(this.rows.hashOfEnds(row));
		// of two rows of a connection the second is the newer one
		while (this.slots.get(slot) >= 0 && !this.rows.sameEnds(row, this.slots.get(slot))) {
			slot = this.slots.next(slot);
		}
		this.slots.set(slot, row);
	}

	@Nullable SocketEntry find(InetSocketAddress local, InetSocketAddress remote) {
		if (local.isUnresolved() || remote.isUnresolved()) {
			return null;
		}
		long[] ends = new long[Rows.ENDS];
		set(ends, 0, local.getAddress());
		set(ends, 2, remote.getAddress());
		ends[4] = Rows.ports(local.getPort(), remote.getPort());
		int slot = this.slots.first(Rows.hashOfEnds(ends, 0));
		for (int row = this.slots.get(slot); row >= 0; row = this.slots.get(slot)) {
			if (this.rows.hasEnds(row, ends)) {
				return this.rows.entry(row);
			}
			slot = this.slots.next(slot);
		}
		return null;
	}

	private static void set(long[] ends, int at, InetAddress address) {
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
		boolean four = address instanceof Inet4Address;
		ends[at] = four ? 0 : bytes.getLong();
		ends[at + 1] = four ? Rows.mapped(bytes.getInt()) : bytes.getLong();
	}

}
