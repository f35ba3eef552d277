/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.util.function.Supplier;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A client that is built with its first call: Boot asks for one with every builder, and
 * most are not used.
 */
final class LazyClient implements HttpClient, Configurable {

	private final Supplier<PoolFactory.Built> built;

	LazyClient(Supplier<PoolFactory.Built> built) {
		this.built = built;
	}

	HttpClient client() {
		return this.built.get().client();
	}

	/**
	 * Whether the application has said where cookies are kept.
	 * @return {@code true} if they are kept in the client
	 */
	boolean keepsCookies() {
		return this.built.get().keepsCookies();
	}

	// Spring would put the defaults in the place of what was set on the client
	@Override
	public RequestConfig getConfig() {
		RequestConfig config = (client() instanceof Configurable configurable) ? configurable.getConfig() : null;
		return (config != null) ? config : RequestConfig.DEFAULT;
	}

	@Override
	public ClassicHttpResponse executeOpen(@Nullable HttpHost target, ClassicHttpRequest request,
			@Nullable HttpContext context) throws IOException {
		return client().executeOpen(target, request, context);
	}

	@Override
	@Deprecated
	public HttpResponse execute(ClassicHttpRequest request) throws IOException {
		return client().execute(request);
	}

	@Override
	@Deprecated
	public HttpResponse execute(ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
		return client().execute(request, context);
	}

	@Override
	@Deprecated
	public ClassicHttpResponse execute(@Nullable HttpHost target, ClassicHttpRequest request) throws IOException {
		return client().execute(target, request);
	}

	@Override
	@Deprecated
	public HttpResponse execute(@Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context)
			throws IOException {
		return client().execute(target, request, context);
	}

	@Override
	public <T> T execute(ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler)
			throws IOException {
		return client().execute(request, handler);
	}

	@Override
	public <T> T execute(ClassicHttpRequest request, @Nullable HttpContext context,
			HttpClientResponseHandler<? extends T> handler) throws IOException {
		return client().execute(request, context, handler);
	}

	@Override
	public <T> T execute(@Nullable HttpHost target, ClassicHttpRequest request,
			HttpClientResponseHandler<? extends T> handler) throws IOException {
		return client().execute(target, request, handler);
	}

	@Override
	public <T> T execute(@Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context,
			HttpClientResponseHandler<? extends T> handler) throws IOException {
		return client().execute(target, request, context, handler);
	}

}
