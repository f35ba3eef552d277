/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.holdfast.client.CloseReason;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Identifiable;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A leased connection: marks the phases of what is done with it and knows in the end why
 * it was closed.
 */
final class BoundedEndpoint extends ConnectionEndpoint implements Identifiable {

	private final ConnectionEndpoint inner;

	private final RouteKey target;

	private final @Nullable Call call;

	private final AtomicBoolean released = new AtomicBoolean();

	private volatile @Nullable CloseReason reason;

	private volatile long requests;

	private volatile @Nullable HttpClientConnection connection;

	private volatile boolean connected;

	private volatile boolean answered;

	BoundedEndpoint(ConnectionEndpoint inner, RouteKey target, @Nullable Call call) {
		this.inner = inner;
		this.target = target;
		this.call = call;
		this.connected = inner.isConnected();
	}

	ConnectionEndpoint inner() {
		return this.inner;
	}

	RouteKey target() {
		return this.target;
	}

	@Nullable Call call() {
		return this.call;
	}

	/**
	 * Takes the right to give the connection back.
	 * @return {@code true} once
	 */
	boolean release() {
		return this.released.compareAndSet(false, true);
	}

	void connected() {
		this.connected = true;
	}

	void aborted() {
		if (this.reason != CloseReason.RECLAIMED) {
			this.reason = CloseReason.ABORTED;
		}
	}

	void reclaimed() {
		this.reason = CloseReason.RECLAIMED;
	}

	void undrained() {
		this.reason = CloseReason.UNDRAINED;
	}

	/**
	 * Why the connection is closed instead of going back.
	 * @param keep whether the client would keep it
	 * @return the reason, {@code null} if it goes back or was never open
	 */
	@Nullable CloseReason closeReason(boolean keep) {
		CloseReason known = this.reason;
		if (!this.connected) {
			return null;
		}
		if (known != null) {
			return known;
		}
		if (!this.inner.isConnected()) {
			return this.answered ? CloseReason.NOT_REUSABLE : CloseReason.FAILED;
		}
		return keep ? null : CloseReason.NOT_REUSABLE;
	}

	long requests() {
		return this.requests;
	}

	void discard() {
		this.inner.close(CloseMode.IMMEDIATE);
	}

	@Override
	public ClassicHttpResponse execute(String id, ClassicHttpRequest request, RequestExecutor executor,
			HttpContext context) throws IOException, HttpException {
		Call current = this.call;
		if (current == null) {
			return this.inner.execute(id, request, executor, context);
		}
		return this.inner.execute(id, request, (sent, connection, local) -> {
			prepare(connection, current, local);
			ClassicHttpResponse response = executor.execute(sent, new PhasedConnection(connection, current), local);
			EndpointDetails details = connection.getEndpointDetails();
			this.requests = (details != null) ? details.getRequestCount() : 0;
			this.answered = true;
			current.rest();
			return response;
		}, context);
	}

	// The watchdog bounds each wait. A timeout of the socket's own would make three calls
	// of the kernel out of each read, a tenth of the cost of a call. An observed call
	// keeps what it had.
	private void prepare(HttpClientConnection opened, Call current, HttpContext context) {
		this.connection = opened;
		Timeout asked = HttpClientContext.cast(context).getRequestConfigOrDefault().getResponseTimeout();
		current.terms().ask(asked);
		if (current.pool().isGuarded()) {
			opened.setSocketTimeout(Timeout.DISABLED);
		}
	}

	/**
	 * The connection, once something has been sent on it.
	 * @return the connection, {@code null} before
	 */
	@Nullable HttpClientConnection connection() {
		return this.connection;
	}

	@Override
	@Deprecated
	@SuppressWarnings("InlineMeSuggester")
	public ClassicHttpResponse execute(String id, ClassicHttpRequest request, HttpRequestExecutor executor,
			HttpContext context) throws IOException, HttpException {
		return execute(id, request, (RequestExecutor) executor::execute, context);
	}

	@Override
	public boolean isConnected() {
		return this.inner.isConnected();
	}

	@Override
	public void setSocketTimeout(Timeout timeout) {
		this.inner.setSocketTimeout(timeout);
	}

	@Override
	public @Nullable EndpointInfo getInfo() {
		return this.inner.getInfo();
	}

	@Override
	public String getId() {
		return (this.inner instanceof Identifiable identifiable) ? identifiable.getId() : toString();
	}

	/**
	 * Called when a body could not be read to its end.
	 */
	@Override
	public void close() throws IOException {
		this.answered = false;
		this.inner.close();
	}

	@Override
	public void close(CloseMode closeMode) {
		this.inner.close(closeMode);
	}

}
