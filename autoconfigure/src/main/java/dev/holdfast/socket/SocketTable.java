/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The TCP sockets of this network namespace - of a container, of a pod, of a machine -
 * when they were read. They may belong to other processes of it.
 * <p>
 * The kernel hands its table out page by page while connections come and go: one that
 * changes meanwhile may be missing or be there twice.
 *
 * @since 0.1.0
 */
public final class SocketTable {

	private final Rows rows;

	private final int skipped;

	private final long readAtNanos;

	private final Map<SocketState, Integer> states;

	private final BitSet listening = new BitSet();

	/** Rows by both ends. */
	private final Slots byEnds;

	private final RemoteGroups remotes;

	SocketTable(Rows rows, int skipped, long readAtNanos) {
		this.rows = rows;
		this.skipped = skipped;
		this.readAtNanos = readAtNanos;
		this.byEnds = new Slots(rows.size());
		int[] counts = new int[SocketState.count()];
		for (int row = 0; row < rows.size(); row++) {
			counts[rows.stateIndex(row)]++;
			if (rows.state(row) == SocketState.LISTEN) {
				this.listening.set(rows.localPort(row));
			}
			index(row);
		}
		this.states = states(counts);
		this.remotes = new RemoteGroups(rows, this.listening);
	}

	private void index(int row) {
		int slot = this.byEnds.first(this.rows.hashOfEnds(row));
		// of two rows of a connection the second is the newer one
		while (this.byEnds.get(slot) >= 0 && !this.rows.sameEnds(row, this.byEnds.get(slot))) {
			slot = this.byEnds.next(slot);
		}
		this.byEnds.set(slot, row);
	}

	private static Map<SocketState, Integer> states(int[] counts) {
		Map<SocketState, Integer> states = new EnumMap<>(SocketState.class);
		for (int i = 0; i < counts.length; i++) {
			if (counts[i] > 0) {
				states.put(SocketState.at(i), counts[i]);
			}
		}
		return Collections.unmodifiableMap(states);
	}

	/**
	 * How many sockets there are.
	 * @return the number of rows
	 */
	public int size() {
		return this.rows.size();
	}

	/**
	 * How many rows were not understood.
	 * @return the number of rows that were left out
	 */
	public int skipped() {
		return this.skipped;
	}

	/**
	 * When it was read, by the ticker of {@link Sockets}: nothing in it is older.
	 * @return nanoseconds
	 */
	public long readAtNanos() {
		return this.readAtNanos;
	}

	/**
	 * All sockets by state.
	 * @return how many are in each state that is there
	 */
	public Map<SocketState, Integer> states() {
		return this.states;
	}

	/**
	 * Ports that somebody listens on.
	 * @return the ports, in ascending order
	 */
	public List<Integer> listeningPorts() {
		return this.listening.stream().boxed().toList();
	}

	/**
	 * Sockets of a service.
	 * @param localPort the port that it listens on
	 * @return how many are in each state that is there, those that listen included
	 */
	public Map<SocketState, Integer> statesOfPort(int localPort) {
		int[] counts = new int[SocketState.count()];
		for (int row = 0; row < this.rows.size(); row++) {
			if (this.rows.localPort(row) == localPort) {
				counts[this.rows.stateIndex(row)]++;
			}
		}
		return states(counts);
	}

	/**
	 * Outbound sockets - those whose local port nobody listens on - by what they are
	 * connected to.
	 * @param top the largest number of remote ends to return
	 * @return those with the most sockets, in descending order, and how many of them are
	 * in each state
	 */
	public Map<InetSocketAddress, Map<SocketState, Integer>> statesByRemote(int top) {
		return this.remotes.biggest(top);
	}

	/**
	 * The socket of a connection.
	 * @param local our end
	 * @param remote the peer's end
	 * @return the row, {@code null} if there is none
	 */
	public @Nullable SocketEntry find(InetSocketAddress local, InetSocketAddress remote) {
		if (local.isUnresolved() || remote.isUnresolved()) {
			return null;
		}
		long[] ends = new long[Rows.ENDS];
		set(ends, 0, local.getAddress());
		set(ends, 2, remote.getAddress());
		ends[4] = Rows.ports(local.getPort(), remote.getPort());
		int slot = this.byEnds.first(Rows.hashOfEnds(ends, 0));
		for (int row = this.byEnds.get(slot); row >= 0; row = this.byEnds.get(slot)) {
			if (this.rows.hasEnds(row, ends)) {
				return this.rows.entry(row);
			}
			slot = this.byEnds.next(slot);
		}
		return null;
	}

	private static void set(long[] ends, int at, InetAddress address) {
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
		boolean four = address instanceof Inet4Address;
		ends[at] = four ? 0 : bytes.getLong();
		ends[at + 1] = four ? Rows.mapped(bytes.getInt()) : bytes.getLong();
	}

	/**
	 * All sockets, each made when it is asked for.
	 * @return the rows
	 */
	public Stream<SocketEntry> entries() {
		return IntStream.range(0, this.rows.size()).mapToObj(this.rows::entry);
	}

	Rows rows() {
		return this.rows;
	}

	BitSet listening() {
		return this.listening;
	}

	RemoteGroups remotes() {
		return this.remotes;
	}

}
