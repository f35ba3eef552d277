/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import dev.holdfast.failure.FailureKind;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;

/**
 * Hears of clients that have gone while a thread wrote that is not the server's: after
 * such a failure the server tells listeners, and dispatches no more.
 */
final class GoneClientListener implements AsyncListener {

	private final ServletRequest request;

	private final ConnectionNoise noise;

	private GoneClientListener(ServletRequest request, ConnectionNoise noise) {
		this.request = request;
		this.noise = noise;
	}

	/**
	 * Listens to a request that goes on without its thread.
	 * @param request the request
	 * @param noise where it is counted
	 */
	static void listen(ServletRequest request, ConnectionNoise noise) {
		try {
			request.getAsyncContext().addListener(new GoneClientListener(request, noise));
		}
		catch (IllegalStateException ex) {
			// it has completed meanwhile
		}
	}

	@Override
	public void onError(AsyncEvent event) {
		Throwable thrown = event.getThrowable();
		FailureKind kind = (thrown != null) ? ClientStreams.gone(thrown, this.request) : null;
		if (kind != null) {
			this.noise.count(this.request, kind, thrown);
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		// it had its answer
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// that is the server's
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// the next dispatch has passed the filter
	}

}
