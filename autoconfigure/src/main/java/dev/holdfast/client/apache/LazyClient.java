/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * A client that is built with its first call: Boot asks for one with every builder, and
 * most are not used. Closing it does nothing, for others use it.
 */
final class LazyClient extends CloseableHttpClient implements Configurable {

	// no monitor: a virtual thread that waits here gives up its carrier
	private final ReentrantLock lock = new ReentrantLock();

	private final Supplier<HttpClient> source;

	private volatile @Nullable HttpClient built;

	LazyClient(Supplier<HttpClient> source) {
		this.source = source;
	}

	private HttpClient client() {
		HttpClient existing = this.built;
		if (existing != null) {
			return existing;
		}
		this.lock.lock();
		try {
			HttpClient created = (this.built != null) ? this.built : this.source.get();
			this.built = created;
			return created;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	protected CloseableHttpResponse doExecute(@Nullable HttpHost target, ClassicHttpRequest request,
			@Nullable HttpContext context) throws IOException {
		try {
			return CloseableHttpResponse.adapt(client().executeOpen(target, request, context));
		}
		finally {
			// between two attempts nothing is leased: the pool of a call must not be
			// closed then
			// because the one who makes it has no further use for the client
			Reference.reachabilityFence(this);
		}
	}

	/**
	 * Spring puts an empty configuration into each request of a client that has none.
	 */
	@Override
	public @Nullable RequestConfig getConfig() {
		return (client() instanceof Configurable configurable) ? configurable.getConfig() : null;
	}

	@Override
	public void close(CloseMode closeMode) {
		// closed by its owner
	}

	@Override
	public void close() {
		// closed by its owner
	}

}
