/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSession;

import dev.holdfast.failure.CallPhase;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection during one exchange: says when the request is being written and when its
 * answer is waited for.
 */
final class PhasedConnection implements HttpClientConnection {

	/** A body up to this size fits into the socket's buffer as a rule. */
	private static final int SMALL = 8192;

	private final HttpClientConnection inner;

	private final Call call;

	/** Where nobody looks at the calls any more, the socket holds what it can. */
	private final boolean unattended;

	private boolean waiting;

	PhasedConnection(HttpClientConnection inner, Call call) {
		this.inner = inner;
		this.call = call;
		this.unattended = call.pool().enforces() && !call.pool().isGuarded();
	}

	@Override
	public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
		this.call.enter(CallPhase.WRITE, this.call.terms().nanos(CallPhase.WRITE));
		this.inner.sendRequestHeader(request);
	}

	@Override
	public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
		if (this.waiting) {
			// the peer was asked first whether it wants the body
			this.waiting = false;
			this.call.enter(CallPhase.WRITE, this.call.terms().nanos(CallPhase.WRITE));
		}
		HttpEntity entity = request.getEntity();
		if (entity != null && entity.getContentLength() >= 0 && entity.getContentLength() <= SMALL) {
			this.inner.sendRequestEntity(request);
			return;
		}
		request.setEntity(
				(entity != null) ? new ProgressEntity(entity, this.call, this.call.terms().of(CallPhase.WRITE)) : null);
		try {
			this.inner.sendRequestEntity(request);
		}
		finally {
			request.setEntity(entity);
		}
	}

	@Override
	public void flush() throws IOException {
		this.inner.flush();
	}

	@Override
	public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
		waitForHeaders();
		return this.inner.receiveResponseHeader();
	}

	@Override
	public boolean isDataAvailable(Timeout timeout) throws IOException {
		waitForHeaders();
		return this.inner.isDataAvailable(timeout);
	}

	// interim answers (100, 103) do not give the peer more time
	private void waitForHeaders() throws IOException {
		if (!this.waiting) {
			this.waiting = true;
			long longest = this.call.terms().nanos(CallPhase.HEADERS);
			this.call.enter(CallPhase.HEADERS, longest);
			attend(longest);
		}
	}

	private void attend(long nanos) {
		if (this.unattended) {
			this.inner.setSocketTimeout(Timeout.ofMilliseconds(TimeUnit.NANOSECONDS.toMillis(nanos)));
		}
	}

	@Override
	public void receiveResponseEntity(ClassicHttpResponse response) throws HttpException, IOException {
		// reads nothing: what it refuses is wrong in the headers
		this.inner.receiveResponseEntity(response);
		long longest = this.call.terms().nanos(CallPhase.BODY);
		this.call.enter(CallPhase.BODY, longest);
		attend(longest);
	}

	@Override
	public void terminateRequest(ClassicHttpRequest request) throws HttpException, IOException {
		this.inner.terminateRequest(request);
	}

	@Override
	public boolean isConsistent() {
		return this.inner.isConsistent();
	}

	@Override
	public boolean isStale() throws IOException {
		return this.inner.isStale();
	}

	@Override
	public @Nullable EndpointDetails getEndpointDetails() {
		return this.inner.getEndpointDetails();
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return this.inner.getLocalAddress();
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return this.inner.getRemoteAddress();
	}

	@Override
	public @Nullable ProtocolVersion getProtocolVersion() {
		return this.inner.getProtocolVersion();
	}

	@Override
	public @Nullable SSLSession getSSLSession() {
		return this.inner.getSSLSession();
	}

	@Override
	public boolean isOpen() {
		return this.inner.isOpen();
	}

	@Override
	public Timeout getSocketTimeout() {
		return this.inner.getSocketTimeout();
	}

	@Override
	public void setSocketTimeout(Timeout timeout) {
		this.inner.setSocketTimeout(timeout);
	}

	@Override
	public void close() throws IOException {
		this.inner.close();
	}

	@Override
	public void close(CloseMode closeMode) {
		this.inner.close(closeMode);
	}

}
