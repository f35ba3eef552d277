/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.Sockets;

/**
 * The kernel's tables of a machine with twenty ephemeral ports and one peer.
 *
 * @param root folder of the tables
 */
record KnownSockets(Path root) {

	static final int PORTS = 20;

	private static final int FIRST_PORT = 40_000;

	private static final String HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
			+ "   uid  timeout inode\n";

	private static final String LOCAL = "10.0.0.2";

	private static final String PEER = "10.0.0.1";

	/**
	 * Tables with some sockets to the peer.
	 * @param root folder of the tables
	 * @param sockets how many
	 * @param state state of each
	 * @return the tables
	 */
	static KnownSockets in(Path root, int sockets, SocketState state) {
		KnownSockets tables = new KnownSockets(root);
		tables.write("sys/net/ipv4/ip_local_port_range", FIRST_PORT + " " + (FIRST_PORT + PORTS - 1));
		tables.set(sockets, state);
		return tables;
	}

	static InetSocketAddress local(int number) {
		return end(LOCAL, FIRST_PORT + number);
	}

	static InetSocketAddress peer() {
		return end(PEER, 443);
	}

	void set(int sockets, SocketState state) {
		StringBuilder rows = new StringBuilder(HEADING);
		for (int i = 0; i < sockets; i++) {
			rows.append("   0: %s %s %02X 00000009:00000005 00:00000000 00000003 0 0 1 3 0 20 4 1 18 -1\n"
				.formatted(text(local(i)), text(peer()), List.of(SocketState.values()).indexOf(state) + 1));
		}
		write("self/net/tcp", rows.toString());
	}

	void counters(long retransmits, long overflows) {
		write("self/net/snmp", "Tcp: MaxConn RetransSegs\nTcp: -1 " + retransmits + "\n");
		write("self/net/netstat",
				"TcpExt: TW ListenOverflows ListenDrops\nTcpExt: 5 " + overflows + " " + overflows + "\n");
	}

	/**
	 * Widens the range of ephemeral ports.
	 * @param ports how many there are
	 */
	void range(int ports) {
		write("sys/net/ipv4/ip_local_port_range", FIRST_PORT + " " + (FIRST_PORT + ports - 1));
	}

	/**
	 * A reader of these tables that costs nothing.
	 * @param ticker its clock
	 * @return the reader
	 */
	Sockets reader(Ticker ticker) {
		return new Sockets(this.root, ticker::nanos, () -> 0);
	}

	private void write(String file, String text) {
		try {
			Path path = this.root.resolve(file);
			Files.createDirectories(Objects.requireNonNull(path.getParent()));
			Files.writeString(path, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// as the kernel writes it: the address in the order of the machine
	private static String text(InetSocketAddress end) {
		int address = ByteBuffer.wrap(end.getAddress().getAddress()).order(ByteOrder.nativeOrder()).getInt();
		return String.format(Locale.ROOT, "%08X:%04X", address, end.getPort());
	}

	private static InetSocketAddress end(String address, int port) {
		try {
			return new InetSocketAddress(InetAddress.getAllByName(address)[0], port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
