/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.URI;

import dev.holdfast.client.BoundedRequestFactory;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Spring's request factory, for a client that several factories share: closing one does
 * not close the client, and the cookies of one are not sent by another, as if each had a
 * client of its own.
 */
final class BoundedApacheRequestFactory extends HttpComponentsClientHttpRequestFactory
		implements BoundedRequestFactory {

	private final LazyClient shared;

	private final CookieStore cookies = new BasicCookieStore();

	BoundedApacheRequestFactory(LazyClient client) {
		super(client);
		this.shared = client;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		return new BoundedRequest(super.createRequest(uri, method));
	}

	@Override
	protected @Nullable HttpContext createHttpContext(HttpMethod method, URI uri) {
		HttpContext given = super.createHttpContext(method, uri);
		HttpContext context = (given != null) ? given : HttpClientContext.create();
		if (context instanceof HttpClientContext own && own.getCookieStore() == null && !this.shared.keepsCookies()) {
			own.setCookieStore(this.cookies);
		}
		return context;
	}

	@Override
	public void destroy() {
		// the client is closed by its owner
	}

}
