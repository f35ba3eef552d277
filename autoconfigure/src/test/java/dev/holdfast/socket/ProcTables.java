/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The kernel's tables, as a test wants them.
 */
final class ProcTables {

	static final String HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
			+ "  timeout inode\n";

	static final String REST = "     0        0 6103763 3 00000000eea4eafa 20 4 1 18 -1\n";

	private final Path root;

	private ProcTables(Path root) {
		this.root = root;
	}

	/**
	 * Tables without a row, in a folder.
	 */
	static ProcTables in(Path root) throws IOException {
		return new ProcTables(root).tcp().tcp6().range("32768 60999");
	}

	/** One row: ends and state, nothing in its queues. */
	static String row(String local, String remote, String state) {
		return "   0: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 00000000" + REST;
	}

	/** An end, of an address that is no name. */
	static InetSocketAddress end(String address, int port) {
		return new InetSocketAddress(address(address), port);
	}

	static InetAddress address(String address) {
		try {
			return InetAddress.getAllByName(address)[0];
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	ProcTables tcp(String... rows) throws IOException {
		return write("self/net/tcp", HEADING + String.join("", List.of(rows)));
	}

	ProcTables tcp6(String... rows) throws IOException {
		return write("self/net/tcp6", HEADING + String.join("", List.of(rows)));
	}

	ProcTables range(String range) throws IOException {
		return setting("ip_local_port_range", range);
	}

	ProcTables setting(String name, String value) throws IOException {
		return write("sys/net/ipv4/" + name, value + "\n");
	}

	ProcTables write(String file, String text) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(Objects.requireNonNull(path.getParent()));
		Files.writeString(path, text);
		return this;
	}

	Path root() {
		return this.root;
	}

}
