/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a request whose task was refused: there is too much to do just now, which is no
 * error of the service. It comes last: what the application makes of such an exception
 * stays.
 */
final class RefusedTasks implements HandlerExceptionResolver, Ordered {

	private static final int LONGEST_RETRY_SECONDS = 3;

	private static final int DEEPEST_CAUSE = 10;

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		RefusedTaskException refused = refused(ex);
		if (refused == null || response.isCommitted()) {
			return null;
		}
		send(refused, response);
		return new ModelAndView();
	}

	private static @Nullable RefusedTaskException refused(Throwable thrown) {
		Throwable cause = thrown;
		for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
			if (cause instanceof RefusedTaskException refused) {
				return refused;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static void send(RefusedTaskException refused, HttpServletResponse response) {
		byte[] body = """
				{"type":"about:blank","title":"%s","status":%d,"detail":"%s"}"""
			.formatted(HttpStatus.SERVICE_UNAVAILABLE.getReasonPhrase(), HttpStatus.SERVICE_UNAVAILABLE.value(),
					refused.getMessage())
			.getBytes(StandardCharsets.UTF_8);
		response.resetBuffer();
		response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
		response.setHeader(HttpHeaders.RETRY_AFTER,
				Integer.toString(ThreadLocalRandom.current().nextInt(LONGEST_RETRY_SECONDS) + 1));
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		try {
			response.getOutputStream().write(body);
			response.flushBuffer();
		}
		catch (IllegalStateException ex) {
			// the handler has taken the writer: the status says it all
			response.setContentLength(0);
		}
		catch (IOException ex) {
			// the client has left: nobody misses this answer
		}
	}

}
