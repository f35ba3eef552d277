/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;

import dev.holdfast.failure.FailureKind;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Sees what nobody has handled: views, filters and servlets of the application that write
 * to a client that has gone. The server knows its own exception and is quiet about it;
 * what others have put around it, it takes for an error of the application.
 */
final class NoiseFilter implements Filter {

	private final ConnectionNoise noise;

	private final boolean enforces;

	NoiseFilter(ConnectionNoise noise, boolean enforces) {
		this.noise = noise;
		this.enforces = enforces;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
			if (request.isAsyncStarted()) {
				GoneClientListener.listen(request, this.noise);
			}
		}
		catch (IOException | ServletException | RuntimeException ex) {
			FailureKind kind = ClientStreams.gone(ex, request);
			if (kind == null) {
				throw ex;
			}
			this.noise.count(request, kind, ex);
			if (!this.enforces) {
				throw ex;
			}
			IOException known = ClientStreams.ofServer(ex);
			if (known != null) {
				throw known;
			}
			if (response instanceof HttpServletResponse http) {
				ClientStreams.answer(http);
			}
		}
	}

}
