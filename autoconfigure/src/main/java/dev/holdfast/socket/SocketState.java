/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * State of a TCP socket, in the order of the kernel's numbers.
 *
 * @since 0.1.0
 */
public enum SocketState {

	/** Open. */
	ESTABLISHED,

	/** We connect, the peer has not answered. */
	SYN_SENT,

	/** A peer connects, the handshake is not over. */
	SYN_RECV,

	/** We have closed, the peer has not even acknowledged it. */
	FIN_WAIT1,

	/** We have closed, the peer has not. */
	FIN_WAIT2,

	/** Closed by us first; the port stays taken for a minute. */
	TIME_WAIT,

	/** Not connected. */
	CLOSE,

	/** The peer has closed, we have not. */
	CLOSE_WAIT,

	/** Both have closed, the peer has not acknowledged it. */
	LAST_ACK,

	/** Waits for connections. */
	LISTEN,

	/** Both have closed at the same time. */
	CLOSING,

	/** As {@link #SYN_RECV}, in tables that tell it apart. */
	NEW_SYN_RECV;

	private static final List<SocketState> ALL = List.of(values());

	/**
	 * Name in meters and answers.
	 * @return lower case, with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The state of a number of the kernel.
	 * @param number the number, which counts from 1
	 * @return the state, {@code null} if there is none of that number
	 */
	static @Nullable SocketState of(long number) {
		return (number >= 1 && number <= ALL.size()) ? ALL.get((int) number - 1) : null;
	}

	static SocketState at(int index) {
		return ALL.get(index);
	}

	int index() {
		return ALL.indexOf(this);
	}

	static int count() {
		return ALL.size();
	}

}
