/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.lifetime.EndReason;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The answer of a request whose lifetime has ended, written by its own thread as it comes
 * back. Nothing is written where the handler has answered already.
 */
final class EndedAnswer {

	/**
	 * What nginx writes into its log for it: nobody reads this answer, and in the counts
	 * of failures of the server it would be a false one.
	 */
	private static final int CLIENT_CLOSED_REQUEST = 499;

	private final Map<EndReason, Integer> statuses = new EnumMap<>(EndReason.class);

	EndedAnswer(List<EndedStatus> statuses) {
		for (EndReason reason : EndReason.values()) {
			this.statuses.put(reason, HttpStatus.SERVICE_UNAVAILABLE.value());
		}
		this.statuses.put(EndReason.CLIENT_GONE, CLIENT_CLOSED_REQUEST);
		statuses.forEach((ended) -> this.statuses.put(ended.reason(), ended.status()));
	}

	/**
	 * Answers in the place of whatever has surfaced, if the lifetime of a request has
	 * ended and an answer is still possible.
	 * @param admitted the request
	 * @param response its response
	 * @return whether the request is answered now
	 */
	boolean send(AdmittedRequest admitted, ServletResponse response) {
		EndReason reason = admitted.lifetime().endReason();
		if (reason == null || !(response instanceof HttpServletResponse http) || http.isCommitted()) {
			return false;
		}
		admitted.endWork();
		int status = Objects.requireNonNull(this.statuses.get(reason));
		HttpStatus known = HttpStatus.resolve(status);
		// an interrupt that is still pending would close the connection under the answer
		Thread.interrupted();
		byte[] body = """
				{"type":"about:blank","title":"%s","status":%d,"detail":"%s"}"""
			.formatted((known != null) ? known.getReasonPhrase() : "Client Closed Request", status, detail(reason))
			.getBytes(StandardCharsets.UTF_8);
		http.resetBuffer();
		http.setStatus(status);
		if (reason == EndReason.SHUTDOWN) {
			// another instance takes it at once
			http.setHeader(HttpHeaders.RETRY_AFTER, "1");
		}
		http.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		http.setContentLength(body.length);
		try {
			write(http, body);
			http.flushBuffer();
		}
		catch (IOException ex) {
			// the client has left: nobody misses this answer
		}
		return true;
	}

	private static void write(HttpServletResponse response, byte[] body) throws IOException {
		try {
			response.getOutputStream().write(body);
		}
		catch (IllegalStateException ex) {
			// the handler has taken the writer
			response.getWriter().write(new String(body, StandardCharsets.UTF_8));
		}
	}

	private static String detail(EndReason reason) {
		return switch (reason) {
			case SHUTDOWN ->
				"The service is stopping, and the time for requests that run was over (spring.lifecycle.timeout-per-shutdown-phase).";
			case DEADLINE -> "The time of the request was over (holdfast.deadline.request).";
			case CLIENT_GONE -> "The client has left.";
			case CANCELLED -> "The request was cancelled.";
		};
	}

}
