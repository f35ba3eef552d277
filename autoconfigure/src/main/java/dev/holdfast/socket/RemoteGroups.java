/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Outbound sockets by what they are connected to. Outbound is what has a remote end and a
 * local port that nobody listens on.
 */
final class RemoteGroups {

	private final Rows rows;

	/** Group of each row, -1 of what is not outbound. */
	private final int[] groupOf;

	/** A row of each group. */
	private int[] rowOf = new int[16];

	private int[] sizes = new int[16];

	private int count;

	RemoteGroups(Rows rows, BitSet listening) {
		this.rows = rows;
		this.groupOf = new int[rows.size()];
		Slots slots = new Slots(rows.size());
		for (int row = 0; row < rows.size(); row++) {
			boolean outbound = rows.remotePort(row) != 0 && !listening.get(rows.localPort(row));
			this.groupOf[row] = outbound ? group(row, slots) : -1;
		}
	}

	private int group(int row, Slots slots) {
		int slot = slots.first(this.rows.hashOfRemote(row));
		for (int group = slots.get(slot); group >= 0; group = slots.get(slot)) {
			if (this.rows.sameRemote(row, this.rowOf[group])) {
				this.sizes[group]++;
				return group;
			}
			slot = slots.next(slot);
		}
		if (this.count == this.rowOf.length) {
			this.rowOf = Arrays.copyOf(this.rowOf, 2 * this.count);
			this.sizes = Arrays.copyOf(this.sizes, 2 * this.count);
		}
		slots.set(slot, this.count);
		this.rowOf[this.count] = row;
		this.sizes[this.count] = 1;
		return this.count++;
	}

	int groupOf(int row) {
		return this.groupOf[row];
	}

	InetSocketAddress remote(int group) {
		return this.rows.remote(this.rowOf[group]);
	}

	/**
	 * States of the sockets of the biggest groups.
	 * @param most the largest number of groups
	 * @return how many are in which state by remote end, the biggest group first
	 */
	Map<InetSocketAddress, Map<SocketState, Integer>> biggest(int most) {
		long[] order = new long[this.count];
		for (int group = 0; group < this.count; group++) {
			order[group] = (long) -this.sizes[group] << 32 | group;
		}
		Arrays.sort(order);
		Map<InetSocketAddress, Map<SocketState, Integer>> biggest = new LinkedHashMap<>();
		Map<Integer, Map<SocketState, Integer>> states = new LinkedHashMap<>();
		for (int i = 0; i < Math.min(most, this.count); i++) {
			Map<SocketState, Integer> ofGroup = new EnumMap<>(SocketState.class);
			states.put((int) order[i], ofGroup);
			biggest.put(remote((int) order[i]), ofGroup);
		}
		for (int row = 0; row < this.groupOf.length; row++) {
			Map<SocketState, Integer> ofGroup = states.get(this.groupOf[row]);
			if (ofGroup != null) {
				ofGroup.merge(this.rows.state(row), 1, Integer::sum);
			}
		}
		return biggest;
	}

}
