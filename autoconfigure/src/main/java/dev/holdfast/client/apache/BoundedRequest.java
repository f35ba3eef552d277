/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

import dev.holdfast.client.CallOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A request that brings its attributes along: Spring keeps them from the client.
 */
final class BoundedRequest implements ClientHttpRequest, StreamingHttpOutputMessage {

	private final ClientHttpRequest inner;

	private @Nullable URI uri;

	/**
	 * A request.
	 * @param inner the request of the client
	 * @param asked what it was made for
	 */
	BoundedRequest(ClientHttpRequest inner, URI asked) {
		this.inner = inner;
		// what the client's request would answer, but for these parts
		boolean same = asked.getRawFragment() == null && asked.getRawUserInfo() == null && asked.getHost() != null
				&& asked.getRawPath() != null && asked.getRawPath().startsWith("/");
		this.uri = same ? asked : null;
	}

	@Override
	public ClientHttpResponse execute() throws IOException {
		CallOptions.enter(this.inner.getAttributes());
		try {
			return this.inner.execute();
		}
		finally {
			CallOptions.enter(null);
		}
	}

	@Override
	public HttpMethod getMethod() {
		return this.inner.getMethod();
	}

	/**
	 * Asked several times for each call, and parsed each time by HttpClient's request.
	 */
	@Override
	public URI getURI() {
		URI known = this.uri;
		if (known == null) {
			known = this.inner.getURI();
			this.uri = known;
		}
		return known;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return this.inner.getAttributes();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.inner.getHeaders();
	}

	@Override
	public OutputStream getBody() throws IOException {
		return this.inner.getBody();
	}

	@Override
	public void setBody(Body body) {
		((StreamingHttpOutputMessage) this.inner).setBody(body);
	}

}
