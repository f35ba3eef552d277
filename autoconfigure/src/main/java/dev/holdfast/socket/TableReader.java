/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;

/**
 * Reads {@code tcp} and {@code tcp6}. For each of them the kernel walks all sockets, and
 * however few there are, all of a hash table that is as large as the memory allows. A
 * socket is in one of the two, by what it was made for: as a rule Java makes all of its
 * own for IPv6, and the kernel says IPv4 in IPv6 where a peer speaks IPv4.
 * <p>
 * One thread at a time uses it.
 */
final class TableReader {

	private final Path tcp;

	private final Path tcp6;

	private final ByteOrder order;

	/** Whether those that are looked for are rather there. */
	private boolean six = !Boolean.getBoolean("java.net.preferIPv4Stack");

	TableReader(Path net, ByteOrder order) {
		this.tcp = net.resolve("tcp");
		this.tcp6 = net.resolve("tcp6");
		this.order = order;
	}

	Path tcp() {
		return this.tcp;
	}

	SocketTable readAll(long now) throws IOException {
		Rows rows = new Rows();
		RowParser parser = new RowParser(this.order, (port) -> true);
		int skipped = read(false, parser, rows) + read(true, parser, rows);
		return new SocketTable(rows, skipped, now);
	}

	/**
	 * Reads the rows of connections, and of others that have the same local ports. Where
	 * one of the tables has all of them, the other is not read.
	 * @param wanted the connections
	 * @return the rows
	 * @throws IOException if a table cannot be read
	 */
	RowsByEnds find(Collection<SocketEnds> wanted) throws IOException {
		BitSet ports = new BitSet();
		wanted.forEach((ends) -> ports.set(ends.local().getPort()));
		Rows rows = new Rows();
		RowParser parser = new RowParser(this.order, ports::get);
		read(this.six, parser, rows);
		RowsByEnds found = new RowsByEnds(rows);
		long there = count(wanted, found);
		if (there < wanted.size()) {
			read(!this.six, parser, rows);
			found = new RowsByEnds(rows);
			// the next ones come from where these are
			this.six ^= there == 0 && count(wanted, found) > 0;
		}
		return found;
	}

	private static long count(Collection<SocketEnds> wanted, RowsByEnds found) {
		return wanted.stream().filter((ends) -> found.find(ends.local(), ends.remote()) != null).count();
	}

	private int read(boolean ofSix, RowParser parser, Rows rows) throws IOException {
		try (InputStream table = Files.newInputStream(ofSix ? this.tcp6 : this.tcp)) {
			return parser.parse(table, rows);
		}
		catch (NoSuchFileException ex) {
			if (ofSix) {
				// a kernel without IPv6
				return 0;
			}
			throw ex;
		}
	}

}
