/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import dev.holdfast.failure.CallPhase;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A TLS handshake with a limit for all of it; the socket's own timeout counts from byte
 * to byte.
 */
final class BoundedTls implements TlsSocketStrategy {

	private final TlsSocketStrategy inner;

	BoundedTls(TlsSocketStrategy inner) {
		this.inner = inner;
	}

	@Override
	public SSLSocket upgrade(Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
			throws IOException {
		Call call = CurrentCall.get();
		if (call == null) {
			return this.inner.upgrade(socket, target, port, attachment, context);
		}
		Duration limit = call.terms().of(CallPhase.TLS);
		call.enter(CallPhase.TLS, limit.toNanos());
		if (call.pool().enforces()) {
			// the share of one address is too short for a handshake
			socket.setSoTimeout(millis(limit.toMillis() + 1000));
		}
		Instant begin = Instant.now();
		long start = System.nanoTime();
		SSLSocket upgraded = this.inner.upgrade(socket, target, port, attachment, context);
		recordHandshake(call, upgraded, begin, System.nanoTime() - start);
		call.rest();
		return upgraded;
	}

	// a session that was created before the handshake has been resumed
	private static void recordHandshake(Call call, SSLSocket socket, Instant begin, long nanos) {
		SSLSession session = socket.getSession();
		boolean resumed = session != null && session.getCreationTime() < begin.toEpochMilli();
		BoundedEndpoint endpoint = call.endpoint();
		if (endpoint != null) {
			endpoint.target().stats().handshakes(resumed).record(nanos);
		}
	}

	private static int millis(long millis) {
		return (int) Math.min(Integer.MAX_VALUE, Math.min(millis, TimeUnit.DAYS.toMillis(20)));
	}

}
