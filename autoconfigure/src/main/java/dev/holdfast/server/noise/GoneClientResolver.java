/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import dev.holdfast.failure.FailureKind;
import dev.holdfast.report.Mode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Comes before the handlers of the application: a catch-all would log an error, and
 * answer nobody.
 */
final class GoneClientResolver implements HandlerExceptionResolver, Ordered {

	/** After what answers for requests whose lifetime has ended. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

	private final ConnectionNoise noise;

	private final Mode mode;

	GoneClientResolver(ConnectionNoise noise, Mode mode) {
		this.noise = noise;
		this.mode = mode;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		FailureKind kind = (this.mode != Mode.OFF) ? ClientStreams.gone(ex, request) : null;
		if (kind == null) {
			return null;
		}
		this.noise.count(request, kind, ex);
		if (this.mode != Mode.ENFORCE) {
			return null;
		}
		ClientStreams.answer(response);
		return new ModelAndView();
	}

}
