/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

/**
 * The body of a request as a stream whose reads are seen by a {@link BodyClock}. Other
 * ways to read end up in these.
 */
final class TimedInputStream extends ServletInputStream {

	private final ServletInputStream body;

	private final long length;

	private final BodyClock clock;

	private long seen;

	TimedInputStream(ServletInputStream body, long length, BodyClock clock) {
		this.body = body;
		this.length = length;
		this.clock = clock;
	}

	boolean isOver(ServletInputStream other) {
		return this.body == other;
	}

	@Override
	public int read() throws IOException {
		int next = -2;
		this.clock.readBegins();
		try {
			next = this.body.read();
			return next;
		}
		finally {
			ends((next >= 0) ? 1 : (next == -1) ? -1 : 0);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int count) throws IOException {
		int read = 0;
		this.clock.readBegins();
		try {
			read = this.body.read(bytes, offset, count);
			return read;
		}
		finally {
			ends(read);
		}
	}

	@Override
	public int read(ByteBuffer buffer) throws IOException {
		int read = 0;
		this.clock.readBegins();
		try {
			read = this.body.read(buffer);
			return read;
		}
		finally {
			ends(read);
		}
	}

	// a parser that knows where its document ends does not read up to the end of the body
	private void ends(int read) {
		this.seen += Math.max(0, read);
		this.clock.readEnds(read < 0 || (this.length >= 0 && this.seen >= this.length));
	}

	@Override
	public int available() throws IOException {
		return this.body.available();
	}

	@Override
	public boolean isFinished() {
		return this.body.isFinished();
	}

	@Override
	public boolean isReady() {
		return this.body.isReady();
	}

	@Override
	public void setReadListener(ReadListener listener) {
		this.body.setReadListener(listener);
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

}
