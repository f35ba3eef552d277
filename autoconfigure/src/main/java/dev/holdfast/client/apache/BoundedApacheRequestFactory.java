/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.URI;

import dev.holdfast.client.BoundedRequestFactory;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.http.protocol.HttpContext;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Spring's request factory, for a client that several factories share: closing one does
 * not close the client.
 */
final class BoundedApacheRequestFactory extends HttpComponentsClientHttpRequestFactory
		implements BoundedRequestFactory {

	private final CookieStore cookies = new BasicCookieStore();

	BoundedApacheRequestFactory(HttpClient client) {
		super(client);
	}

	// several factories share the client, and must not share what peers say to each
	@Override
	protected HttpContext createHttpContext(HttpMethod method, URI uri) {
		return CookieContext.of(super.createHttpContext(method, uri), this.cookies);
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		return new BoundedRequest(super.createRequest(uri, method), uri);
	}

	@Override
	public void destroy() {
		// the client is closed by its owner
	}

}
