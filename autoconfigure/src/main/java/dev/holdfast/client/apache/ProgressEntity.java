/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

import dev.holdfast.failure.CallPhase;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The body of a request while it is sent: in pieces, so that a peer that takes some is
 * told from one that takes none. Time that the application needs to produce a piece does
 * not count.
 */
final class ProgressEntity extends HttpEntityWrapper {

	private static final int PIECE = 64 << 10;

	private final Call call;

	private final long limit;

	ProgressEntity(HttpEntity wrapped, Call call, Duration limit) {
		super(wrapped);
		this.call = call;
		this.limit = limit.toNanos();
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		this.call.rest();
		super.writeTo(new Pieces(out));
		this.call.enter(CallPhase.WRITE, this.limit);
	}

	/**
	 * Writes piece by piece.
	 */
	private final class Pieces extends OutputStream {

		private final OutputStream out;

		private Pieces(OutputStream out) {
			this.out = out;
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			int written = 0;
			while (written < length) {
				int piece = Math.min(PIECE, length - written);
				ProgressEntity.this.call.enter(CallPhase.WRITE, ProgressEntity.this.limit);
				this.out.write(bytes, offset + written, piece);
				ProgressEntity.this.call.moved(piece);
				written += piece;
			}
			ProgressEntity.this.call.rest();
		}

		@Override
		public void flush() throws IOException {
			ProgressEntity.this.call.enter(CallPhase.WRITE, ProgressEntity.this.limit);
			this.out.flush();
			ProgressEntity.this.call.rest();
		}

		@Override
		public void close() throws IOException {
			this.out.close();
		}

	}

}
