/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import dev.holdfast.concurrency.ShedReason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The answer to a request that is not admitted: written before the body is read, without
 * an exception and without a session, from bytes made once, because under overload this
 * is what the server does most.
 */
final class Refusal {

	static final String REASON_HEADER = "X-Shed-Reason";

	/** A longer body that is already on its way is not worth reading to its end. */
	private static final long LONGEST_BODY_TO_SWALLOW = 64 * 1024;

	private final Map<ShedReason, byte[]> bodies = new EnumMap<>(ShedReason.class);

	private final Map<ShedReason, byte[]> excludedBodies = new EnumMap<>(ShedReason.class);

	private final int status;

	private final int retryAfterSeconds;

	private final Map<String, String> headers;

	private final ShedLog log;

	Refusal(int status, int retryAfterSeconds, Map<String, String> headers, ShedLog log) {
		this.status = status;
		this.retryAfterSeconds = retryAfterSeconds;
		this.headers = Map.copyOf(headers);
		this.log = log;
		for (ShedReason reason : ShedReason.values()) {
			this.bodies.put(reason, body(status, detail(reason)));
			this.excludedBodies.put(reason, body(status, excludedDetail(reason)));
		}
	}

	private static byte[] body(int status, String detail) {
		return """
				{"type":"about:blank","title":"%s","status":%d,"detail":"%s"}"""
			.formatted(HttpStatus.valueOf(status).getReasonPhrase(), status, detail)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String detail(ShedReason reason) {
		return switch (reason) {
			case LIMIT -> "As many requests are running as the service admits (holdfast.concurrency.limit).";
			case QUEUE -> "As many requests are waiting as the service admits (holdfast.concurrency.max-queued).";
			case TIMEOUT -> "No request ended within the longest wait (holdfast.concurrency.max-wait).";
			case ROUTE -> "As many requests of this route are running as it admits (holdfast.routes.*.limit).";
			case DEADLINE -> "The time of the request was over before it could begin.";
		};
	}

	// no key sets the small limit: it follows from what others leave
	private static String excludedDetail(ShedReason reason) {
		return switch (reason) {
			case LIMIT,
					QUEUE ->
				"The small limit that health, endpoints and the paths of holdfast.concurrency.exclude "
						+ "share is reached: half of the threads that holdfast.concurrency.limit and "
						+ "holdfast.concurrency.max-queued leave, from 2 to 8.";
			case ROUTE -> "The limit that the concurrency endpoint was told for this part of health and endpoints is "
					+ "reached.";
			case TIMEOUT, DEADLINE -> detail(reason);
		};
	}

	void send(ShedReason reason, RequestClassifier.Target target, HttpServletRequest request,
			HttpServletResponse response) {
		this.log.shed(reason, target);
		byte[] body = Objects.requireNonNull((target.application() ? this.bodies : this.excludedBodies).get(reason));
		response.setStatus(status(request));
		response.setHeader(HttpHeaders.RETRY_AFTER,
				Integer.toString(ThreadLocalRandom.current().nextInt(this.retryAfterSeconds) + 1));
		response.setHeader(REASON_HEADER, reason.label());
		this.headers.forEach(response::setHeader);
		// the length goes with it: a close without one would leave the body unframed
		if (request.getContentLengthLong() > LONGEST_BODY_TO_SWALLOW && request.getProtocol().startsWith("HTTP/1")) {
			response.setHeader(HttpHeaders.CONNECTION, "close");
			request.setAttribute(UnreadBody.ABANDONED, true);
		}
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		try {
			response.getOutputStream().write(body);
			response.flushBuffer();
		}
		catch (IOException ex) {
			// the client has left: nobody misses this answer
		}
	}

	// what a client has begun to send would have to be read first, at its pace
	private int status(HttpServletRequest request) {
		boolean bodyless = request.getContentLengthLong() <= 0
				&& request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
		Wire wire = bodyless ? Wire.of(request) : null;
		return (wire != null) ? wire.statusThatKeeps(this.status) : this.status;
	}

}
