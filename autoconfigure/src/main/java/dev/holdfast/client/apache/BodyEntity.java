/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as it comes from the connection: every read has a limit, and so
 * has the close.
 */
final class BodyEntity extends HttpEntityWrapper {

	private final Call call;

	private final ExecRuntime runtime;

	private @Nullable BodyStream stream;

	private BodyEntity(HttpEntity wrapped, Call call, ExecRuntime runtime) {
		super(wrapped);
		this.call = call;
		this.runtime = runtime;
	}

	static void bound(ClassicHttpResponse response, Call call, ExecRuntime runtime) {
		HttpEntity entity = response.getEntity();
		if (entity != null && entity.isStreaming()) {
			BodyEntity bounded = new BodyEntity(entity, call, runtime);
			call.bodyOpened(bounded);
			response.setEntity(bounded);
		}
	}

	@Override
	public InputStream getContent() throws IOException {
		BodyStream opened = this.stream;
		if (opened == null) {
			opened = new BodyStream(super.getContent(), this, this.call, this.runtime);
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

}
