/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import dev.holdfast.client.BodyLimits;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as the application reads it, after decompression: not larger
 * than allowed.
 */
final class LimitedEntity extends HttpEntityWrapper {

	private static final int FIRST_ERROR = 400;

	private final Call call;

	private final long limit;

	private final String property;

	private final boolean inflated;

	private @Nullable InputStream stream;

	private LimitedEntity(HttpEntity wrapped, Call call, long limit, String property, boolean inflated) {
		super(wrapped);
		this.call = call;
		this.limit = limit;
		this.property = property;
		this.inflated = inflated;
	}

	static void bound(ClassicHttpResponse response, HttpEntity entity, Call call) {
		BodyLimits limits = call.pool().settings().body();
		boolean error = response.getCode() >= FIRST_ERROR && limits.error() < limits.response();
		boolean inflated = !(entity instanceof BodyEntity);
		long limit = error ? limits.error() : limits.response();
		// an observed limit is none, for it cannot be passed and kept
		if (call.pool().enforces() && (limit < Long.MAX_VALUE || inflated)) {
			response.setEntity(new LimitedEntity(entity, call, limit,
					error ? "holdfast.client.max-error-body" : "holdfast.client.max-response-body", inflated));
		}
	}

	@Override
	public InputStream getContent() throws IOException {
		InputStream opened = this.stream;
		if (opened == null) {
			opened = new Counted(super.getContent());
			this.stream = opened;
		}
		return opened;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		try (InputStream in = getContent()) {
			in.transferTo(out);
		}
	}

	@Override
	public void close() throws IOException {
		getContent().close();
	}

	/**
	 * Counts what is read.
	 */
	private final class Counted extends FilterInputStream {

		private long count;

		private Counted(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int value = super.read();
			add((value < 0) ? 0 : 1);
			return value;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = super.read(bytes, offset, length);
			add(Math.max(0, read));
			return read;
		}

		private void add(int more) throws IOException {
			this.count += more;
			if (this.count > LimitedEntity.this.limit) {
				throw FailureReport.tooLarge(LimitedEntity.this.call, "the body is larger than "
						+ LimitedEntity.this.limit + " bytes (" + LimitedEntity.this.property + ")");
			}
			int most = LimitedEntity.this.call.pool().settings().body().inflation();
			if (LimitedEntity.this.inflated && this.count > BodyLimits.INFLATION_FLOOR
					&& this.count / most > LimitedEntity.this.call.attempts().received()) {
				throw FailureReport.tooLarge(LimitedEntity.this.call,
						"one compressed byte becomes more than " + most + " (holdfast.client.max-inflation)");
			}
		}

		@Override
		public long skip(long count) throws IOException {
			long skipped = super.skip(count);
			add((int) Math.min(Integer.MAX_VALUE, skipped));
			return skipped;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}
