/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.BufferedReader;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request as text whose reads are seen by a {@link BodyClock}. The buffer
 * is that of the container.
 */
final class TimedReader extends BufferedReader {

	private final BufferedReader body;

	private final BodyClock clock;

	TimedReader(BufferedReader body, BodyClock clock) {
		super(body, 1);
		this.body = body;
		this.clock = clock;
	}

	boolean isOver(BufferedReader other) {
		return this.body == other;
	}

	@Override
	public int read() throws IOException {
		int next = 0;
		this.clock.readBegins();
		try {
			next = this.body.read();
			return next;
		}
		finally {
			this.clock.readEnds(next < 0);
		}
	}

	@Override
	public int read(char[] characters, int offset, int count) throws IOException {
		int read = 0;
		this.clock.readBegins();
		try {
			read = this.body.read(characters, offset, count);
			return read;
		}
		finally {
			this.clock.readEnds(read < 0);
		}
	}

	@Override
	public @Nullable String readLine() throws IOException {
		boolean atEnd = false;
		this.clock.readBegins();
		try {
			String line = this.body.readLine();
			atEnd = line == null;
			return line;
		}
		finally {
			this.clock.readEnds(atEnd);
		}
	}

	@Override
	public long skip(long count) throws IOException {
		return this.body.skip(count);
	}

	@Override
	public boolean ready() throws IOException {
		return this.body.ready();
	}

	@Override
	public boolean markSupported() {
		return this.body.markSupported();
	}

	@Override
	public void mark(int limit) throws IOException {
		this.body.mark(limit);
	}

	@Override
	public void reset() throws IOException {
		this.body.reset();
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

}
