/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.holdfast.failure.FailureKind;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests whose client has gone before it had its answer, each once, and says so
 * to whoever wants to know.
 */
final class ConnectionNoise {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionNoise.class);

	private static final String COUNTED = ConnectionNoise.class.getName();

	private final Map<FailureKind, LongAdder> counts = new EnumMap<>(FailureKind.class);

	ConnectionNoise() {
		kinds().forEach((kind) -> this.counts.put(kind, new LongAdder()));
	}

	static List<FailureKind> kinds() {
		return List.of(FailureKind.RESET, FailureKind.CLOSED_BY_PEER);
	}

	void count(ServletRequest request, FailureKind kind, Throwable failure) {
		if (request.getAttribute(COUNTED) != null) {
			return;
		}
		request.setAttribute(COUNTED, kind);
		adder(kind).increment();
		if (logger.isDebugEnabled()) {
			logger.debug(
					"The client of {} has gone ({}): {}", (request instanceof HttpServletRequest http)
							? http.getMethod() + " " + http.getRequestURI() : "a request",
					kind.label(), failure.toString());
		}
	}

	long count(FailureKind kind) {
		return adder(kind).sum();
	}

	private LongAdder adder(FailureKind kind) {
		return Objects.requireNonNull(this.counts.get(kind));
	}

}
