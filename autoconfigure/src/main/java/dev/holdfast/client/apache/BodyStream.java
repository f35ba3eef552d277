/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;

import dev.holdfast.client.BodyLimits;
import dev.holdfast.failure.CallPhase;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.StreamClosedException;

/**
 * Reads a body while its call lasts. Closed before its end, it reads a little more, so
 * that the connection can be used again, and otherwise drops the connection: what a peer
 * still has to say may be without end.
 */
final class BodyStream extends InputStream {

	private final InputStream in;

	// what nobody can reach any more is taken back: whoever has the stream has the entity
	@SuppressWarnings({ "unused", "UnusedVariable" })
	private final BodyEntity owner;

	private final Call call;

	private final ExecRuntime runtime;

	private final long idle;

	private boolean ended;

	private boolean complete;

	BodyStream(InputStream in, BodyEntity owner, Call call, ExecRuntime runtime) {
		this.in = in;
		this.owner = owner;
		this.call = call;
		this.runtime = runtime;
		this.idle = call.terms().nanos(CallPhase.BODY);
	}

	@Override
	public int read() throws IOException {
		if (isBuffered()) {
			this.call.received(1);
			return this.in.read();
		}
		byte[] one = new byte[1];
		int count = read(one, 0, 1);
		return (count < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.complete) {
			return -1;
		}
		if (this.ended) {
			// a body that was cut off must not look like a whole one
			throw new StreamClosedException("The body was closed, or could not be read to its end");
		}
		if (isBuffered()) {
			int count = this.in.read(bytes, offset, length);
			this.call.received(count);
			return count;
		}
		try {
			this.call.enter(CallPhase.BODY, this.idle);
			int count = this.in.read(bytes, offset, length);
			if (count < 0) {
				this.complete = true;
				end();
			}
			else {
				this.call.received(count);
				this.call.rest();
			}
			return count;
		}
		catch (IOException | RuntimeException ex) {
			throw fail(ex);
		}
		catch (Error ex) {
			this.runtime.discardEndpoint();
			end();
			throw ex;
		}
	}

	// what is there is read without a wait, and without a look at the clock
	private boolean isBuffered() throws IOException {
		return !this.ended && this.in.available() > 0;
	}

	@Override
	public int available() throws IOException {
		return this.ended ? 0 : this.in.available();
	}

	private IOException fail(Exception thrown) {
		try {
			this.runtime.discardEndpoint();
			return FailureReport.of(this.call, thrown);
		}
		finally {
			end();
		}
	}

	private void end() {
		if (!this.ended) {
			this.ended = true;
			this.call.bodyEnded();
		}
	}

	@Override
	public void close() throws IOException {
		if (this.ended) {
			return;
		}
		RouteKey target = this.call.route().key();
		target.stats().draining(1);
		try {
			drain(this.call.pool().settings().body());
		}
		catch (IOException | RuntimeException ex) {
			discard();
		}
		finally {
			target.stats().draining(-1);
			end();
		}
	}

	// the limit of bytes tells what is read, not what is asked for: the last read may
	// find
	// the end exactly there
	private void drain(BodyLimits limits) throws IOException {
		long left = limits.drainBytes();
		this.call.drain(limits.drainTime().toNanos());
		// as a rule everything has been read, and only the end was not looked for
		if (this.in.read() < 0) {
			return;
		}
		byte[] buffer = new byte[4096];
		left--;
		while (true) {
			int count = this.in.read(buffer, 0, (int) Math.min(buffer.length, left + 1));
			if (count < 0) {
				return;
			}
			left -= count;
			if (left < 0) {
				discard();
				return;
			}
		}
	}

	private void discard() {
		BoundedEndpoint endpoint = this.call.endpoint();
		if (endpoint != null) {
			endpoint.undrained();
		}
		this.runtime.discardEndpoint();
	}

}
