/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tcp} and {@code tcp6} byte by byte, in one pass. A row is <pre>
 * 0: 0100007F:A741 0200007F:BCE2 01 00000042:00000000 01:00000014 00000000 ...
 * </pre> which is slot, local end, remote end, state, send and receive queue, timer, and
 * how often was sent again. An address is 8 digits, or 32 in {@code tcp6}: the words of
 * it as numbers of this processor, so that their bytes come in its order. A port comes in
 * the order in which it is written.
 */
final class RowParser {

	/** The kernel hands out a page at a time, whatever is asked for. */
	private static final int BUFFER = 8192;

	private final boolean littleEndian;

	private final byte[] buffer = new byte[BUFFER];

	/** Both ends of the row. */
	final long[] ends = new long[Rows.ENDS];

	long sendQueue;

	long receiveQueue;

	long timer;

	long retransmits;

	private int at;

	private int end;

	private boolean malformed;

	RowParser(ByteOrder order) {
		this.littleEndian = order == ByteOrder.LITTLE_ENDIAN;
	}

	/**
	 * Adds the rows of a table.
	 * @param in the table
	 * @param rows where they are added
	 * @return how many rows were left out, because they make no sense
	 * @throws IOException if the table cannot be read
	 */
	int parse(InputStream in, Rows rows) throws IOException {
		int skipped = 0;
		int lines = 0;
		int filled = 0;
		for (int read = 0; read >= 0; read = in.read(this.buffer, filled, BUFFER - filled)) {
			int line = 0;
			for (int i = filled; i < filled + read; i++) {
				if (this.buffer[i] == '\n') {
					// the first line is the heading
					skipped += (lines == 0 || parse(line, i, rows)) ? 0 : 1;
					lines++;
					line = i + 1;
				}
			}
			filled += read;
			if (line == 0 && filled == BUFFER) {
				// no row is as long as this: what follows it makes no sense either
				line = filled;
				skipped++;
			}
			filled -= line;
			System.arraycopy(this.buffer, line, this.buffer, 0, filled);
		}
		return (filled == 0 || lines == 0 || parse(0, filled, rows)) ? skipped : skipped + 1;
	}

	private boolean parse(int from, int to, Rows rows) {
		this.at = from;
		this.end = to;
		this.malformed = false;
		blanks();
		number(':');
		blanks();
		long localPort = end(0);
		long remotePort = end(2);
		this.ends[4] = Rows.ports(localPort, remotePort);
		@Nullable SocketState state = SocketState.of(number(' '));
		this.sendQueue = number(':');
		this.receiveQueue = number(' ');
		this.timer = number(':');
		number(' ');
		this.retransmits = number(' ');
		if (this.malformed || state == null || localPort > 0xFFFF || remotePort > 0xFFFF) {
			return false;
		}
		rows.add(this, state);
		return true;
	}

	/**
	 * Reads an end.
	 * @param index where its address belongs
	 * @return its port
	 */
	private long end(int index) {
		int first = word();
		if (this.at < this.end && this.buffer[this.at] == ':') {
			this.ends[index] = 0;
			this.ends[index + 1] = Rows.mapped(first);
		}
		else {
			this.ends[index] = (long) first << 32 | Integer.toUnsignedLong(word());
			this.ends[index + 1] = (long) word() << 32 | Integer.toUnsignedLong(word());
		}
		expect(':');
		return number(' ');
	}

	private int word() {
		int word = 0;
		for (int i = 0; i < 8; i++) {
			int digit = digit();
			this.malformed |= digit < 0;
			this.at++;
			word = word << 4 | digit;
		}
		return this.littleEndian ? Integer.reverseBytes(word) : word;
	}

	/**
	 * Reads a number.
	 * @param after what has to follow it
	 * @return the number
	 */
	private long number(char after) {
		long number = 0;
		int begin = this.at;
		for (int digit = digit(); digit >= 0; digit = digit()) {
			number = number << 4 | digit;
			this.at++;
		}
		this.malformed |= this.at == begin;
		expect(after);
		return number;
	}

	/**
	 * Looks at the next character.
	 * @return the digit that it is, negative if it is none
	 */
	private int digit() {
		int character = (this.at < this.end) ? this.buffer[this.at] : -1;
		if (character >= '0' && character <= '9') {
			return character - '0';
		}
		if (character >= 'A' && character <= 'F') {
			return character - 'A' + 10;
		}
		return (character >= 'a' && character <= 'f') ? character - 'a' + 10 : -1;
	}

	private void expect(char character) {
		this.malformed |= this.at >= this.end || this.buffer[this.at] != character;
		this.at++;
	}

	private void blanks() {
		while (this.at < this.end && this.buffer[this.at] == ' ') {
			this.at++;
		}
	}

}
