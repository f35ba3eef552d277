/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.holdfast.failure.CallPhase;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A wait for a connection that loses none: when the time is over or the thread
 * interrupted in the very moment in which the pool hands one out, it is given back
 * (HTTPCORE-795, HTTPCLIENT-2416).
 */
final class BoundedLease implements LeaseRequest {

	private static final long FOREVER = TimeUnit.DAYS.toNanos(1);

	private final HttpClientConnectionManager manager;

	private final LeaseRequest inner;

	private final RouteKey target;

	private final BoundedPool pool;

	private final @Nullable Call call;

	BoundedLease(HttpClientConnectionManager manager, LeaseRequest inner, RouteKey target, BoundedPool pool,
			@Nullable Call call) {
		this.manager = manager;
		this.inner = inner;
		this.target = target;
		this.pool = pool;
		this.call = call;
	}

	@Override
	public ConnectionEndpoint get(Timeout timeout) throws InterruptedException, ExecutionException, TimeoutException {
		long start = System.nanoTime();
		ConnectionEndpoint endpoint;
		try {
			endpoint = this.inner.get(limit(timeout));
		}
		catch (TimeoutException ex) {
			rescue();
			this.pool.stats().exceeded(CallPhase.LEASE);
			TimeoutException told = new TimeoutException(this.pool.exhausted(this.target, terms()));
			told.initCause(ex);
			throw told;
		}
		catch (InterruptedException | CancellationException ex) {
			rescue();
			throw ex;
		}
		this.target.stats().leases().record(System.nanoTime() - start);
		BoundedEndpoint bounded = new BoundedEndpoint(endpoint, this.target, this.call);
		if (this.call != null) {
			this.call.leased(bounded);
		}
		return bounded;
	}

	// a limit that the application has set by itself, in the request's configuration,
	// counts where it is shorter
	private Timeout limit(Timeout asked) throws InterruptedException {
		Terms terms = terms();
		long own = this.pool.enforces() ? terms.nanos(CallPhase.LEASE) : FOREVER;
		if (asked.isEnabled() && !terms.isGiven(CallPhase.LEASE)) {
			own = Math.min(own, asked.toNanoseconds());
		}
		Call waiting = this.call;
		if (waiting == null) {
			return Timeout.ofNanoseconds(own);
		}
		try {
			waiting.enter(CallPhase.LEASE, Call.NEVER);
		}
		catch (CallCutException ex) {
			throw new CancellationException();
		}
		return Timeout.ofNanoseconds(own);
	}

	private Terms terms() {
		return (this.call != null) ? this.call.terms() : new Terms(null, this.pool.settings().limits());
	}

	private void rescue() {
		if (this.inner.cancel()) {
			return;
		}
		boolean interrupted = false;
		while (true) {
			try {
				ConnectionEndpoint late = this.inner.get(Timeout.ofMilliseconds(1));
				late.close(CloseMode.IMMEDIATE);
				this.manager.release(late, null, TimeValue.ZERO_MILLISECONDS);
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
			catch (CancellationException | ExecutionException | TimeoutException ex) {
				// the pool has not handed one out after all
				break;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean cancel() {
		return this.inner.cancel();
	}

}
