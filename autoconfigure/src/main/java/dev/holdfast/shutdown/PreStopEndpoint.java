/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * For {@code preStop} hooks of the kind {@code httpGet}: begins the drain and answers
 * when the delay is over. Closed unless an operator opens it, because a GET that stops
 * traffic must not be found by chance.
 */
@WebEndpoint(id = "prestop", defaultAccess = Access.NONE)
final class PreStopEndpoint {

	static final String TOKEN_HEADER = "X-Prestop-Token";

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private final Drain drain;

	private final Traffic traffic;

	private final boolean ownPort;

	private final @Nullable String token;

	private final AtomicBoolean waiting = new AtomicBoolean();

	/**
	 * An endpoint that nobody waits for.
	 * @param drain the drain
	 * @param traffic the requests that run
	 * @param ownPort whether the endpoints have a port of their own
	 * @param token what the header must say, or {@code null} if the port is enough
	 */
	PreStopEndpoint(Drain drain, Traffic traffic, boolean ownPort, @Nullable String token) {
		this.drain = drain;
		this.traffic = traffic;
		this.ownPort = ownPort;
		this.token = token;
	}

	@ReadOperation
	WebEndpointResponse<Object> preStop() throws InterruptedException {
		String expected = this.token;
		if (expected == null && !this.ownPort) {
			return refused(FORBIDDEN, "Set management.server.port to a port of its own, or"
					+ " holdfast.shutdown.prestop-token, which the header " + TOKEN_HEADER + " then has to carry");
		}
		if (expected != null && !matches(expected)) {
			return refused(FORBIDDEN,
					"The header " + TOKEN_HEADER + " does not carry what holdfast.shutdown.prestop-token says");
		}
		if (!this.waiting.compareAndSet(false, true)) {
			return refused(CONFLICT, "Another preStop hook is waiting already");
		}
		try {
			return drain();
		}
		finally {
			this.waiting.set(false);
		}
	}

	private WebEndpointResponse<Object> drain() throws InterruptedException {
		// on the port of the application this request is in flight itself
		if (!this.ownPort) {
			this.traffic.hookBegins();
		}
		try {
			this.drain.start(DrainTrigger.PRESTOP);
			if (!this.drain.await()) {
				return refused(CONFLICT, "The drain was taken back");
			}
			return new WebEndpointResponse<>(DrainDescriptor.of(this.drain.snapshot()));
		}
		finally {
			if (!this.ownPort) {
				this.traffic.hookEnds();
			}
		}
	}

	private static boolean matches(String expected) {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
			return false;
		}
		HttpServletRequest request = attributes.getRequest();
		String given = request.getHeader(TOKEN_HEADER);
		return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
				expected.getBytes(StandardCharsets.UTF_8));
	}

	private static WebEndpointResponse<Object> refused(int status, String message) {
		return new WebEndpointResponse<>(Map.of("error", message), status);
	}

}
