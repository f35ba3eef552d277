/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Rows of socket tables, seven words each. The first five are both ends: local and remote
 * address as IPv6, so that an IPv4 socket is the same in both forms, and both ports. Then
 * come retransmissions, timer and state, and last both queues.
 */
final class Rows {

	/** Words of both ends. */
	static final int ENDS = 5;

	private static final int STRIDE = 7;

	/** The timer that asks a peer whether it takes bytes again. */
	private static final long PROBE_TIMER = 4;

	private static final long MAX_RETRANSMITS = 0xFFFF;

	/** Upper half of the lower word of an IPv4 address in IPv6. */
	private static final long MAPPED = 0xFFFF;

	/**
	 * Peers choose their addresses: without it they could choose those that collide.
	 */
	private static final long SEED = ThreadLocalRandom.current().nextLong();

	private long[] words = new long[64 * STRIDE];

	private int size;

	/**
	 * Lower word of an IPv4 address in IPv6. The upper word is 0.
	 * @param address the IPv4 address
	 * @return the word
	 */
	static long mapped(int address) {
		return MAPPED << 32 | Integer.toUnsignedLong(address);
	}

	static long ports(long local, long remote) {
		return local << 16 | remote;
	}

	void add(RowParser row, SocketState state) {
		int at = this.size * STRIDE;
		if (at == this.words.length) {
			this.words = Arrays.copyOf(this.words, 2 * at);
		}
		System.arraycopy(row.ends, 0, this.words, at, ENDS);
		this.words[at + 5] = Math.min(row.retransmits, MAX_RETRANSMITS) << 16 | (row.timer & 0xFF) << 8 | state.index();
		this.words[at + 6] = row.sendQueue << 32 | (row.receiveQueue & 0xFFFF_FFFFL);
		this.size++;
	}

	int size() {
		return this.size;
	}

	SocketState state(int row) {
		return SocketState.at(stateIndex(row));
	}

	int stateIndex(int row) {
		return (int) this.words[row * STRIDE + 5] & 0xFF;
	}

	int localPort(int row) {
		return (int) this.words[row * STRIDE + 4] >>> 16;
	}

	int remotePort(int row) {
		return (int) this.words[row * STRIDE + 4] & 0xFFFF;
	}

	/**
	 * Whether the kernel of this machine has both ends, for sure.
	 * @param row the row
	 * @return {@code true} if one of its addresses is a loopback address
	 */
	boolean isLoopback(int row) {
		int at = row * STRIDE;
		return isLoopback(this.words[at], this.words[at + 1]) || isLoopback(this.words[at + 2], this.words[at + 3]);
	}

	private static boolean isLoopback(long high, long low) {
		return high == 0 && (low == 1 || low >>> 24 == (MAPPED << 8 | 127));
	}

	SocketEntry entry(int row) {
		long details = this.words[row * STRIDE + 5];
		long queues = this.words[row * STRIDE + 6];
		return new SocketEntry(state(row), address(row * STRIDE, localPort(row)), remote(row), queues & 0xFFFF_FFFFL,
				queues >>> 32, (int) (details >>> 16), (details >>> 8 & 0xFF) == PROBE_TIMER);
	}

	InetSocketAddress remote(int row) {
		return address(row * STRIDE + 2, remotePort(row));
	}

	private InetSocketAddress address(int at, int port) {
		byte[] bytes = ByteBuffer.allocate(16).putLong(this.words[at]).putLong(this.words[at + 1]).array();
		try {
			return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("16 bytes are an address", ex);
		}
	}

	boolean hasEnds(int row, long[] ends) {
		int at = row * STRIDE;
		return Arrays.equals(this.words, at, at + ENDS, ends, 0, ENDS);
	}

	boolean sameEnds(int row, int other) {
		int at = row * STRIDE;
		int otherAt = other * STRIDE;
		return Arrays.equals(this.words, at, at + ENDS, this.words, otherAt, otherAt + ENDS);
	}

	int hashOfEnds(int row) {
		return hashOfEnds(this.words, row * STRIDE);
	}

	static int hashOfEnds(long[] words, int at) {
		long hash = SEED;
		for (int i = at; i < at + ENDS; i++) {
			hash = mix(hash, words[i]);
		}
		return (int) hash;
	}

	boolean sameRemote(int row, int other) {
		int at = row * STRIDE + 2;
		int otherAt = other * STRIDE + 2;
		return this.words[at] == this.words[otherAt] && this.words[at + 1] == this.words[otherAt + 1]
				&& remotePort(row) == remotePort(other);
	}

	int hashOfRemote(int row) {
		int at = row * STRIDE + 2;
		return (int) mix(mix(mix(SEED, this.words[at]), this.words[at + 1]), remotePort(row));
	}

	private static long mix(long hash, long word) {
		long mixed = (hash ^ word) * 0x9E3779B97F4A7C15L;
		return mixed ^ mixed >>> 32;
	}

}
