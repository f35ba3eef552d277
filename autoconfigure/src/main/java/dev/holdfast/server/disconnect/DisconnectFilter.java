/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;

import dev.holdfast.inflight.CurrentRequest;
import dev.holdfast.inflight.RunningRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Puts each request among those whose clients can be watched, and takes it out. It stands
 * behind the filter that registers requests as running.
 */
final class DisconnectFilter implements Filter {

	private final WatchedRequests requests;

	DisconnectFilter(WatchedRequests requests) {
		this.requests = requests;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		WatchedRequest watched = enter(request, response);
		if (watched == null) {
			chain.doFilter(request, response);
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			watched.leave(request);
		}
	}

	private @Nullable WatchedRequest enter(ServletRequest request, ServletResponse response) {
		RunningRequest running = CurrentRequest.get();
		return (running != null && request instanceof HttpServletRequest http)
				? this.requests.enter(running, http, response) : null;
	}

}
