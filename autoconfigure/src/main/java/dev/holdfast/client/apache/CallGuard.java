/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.client.CallLimits;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * The outermost link of the chain: one limit around everything, redirects and retries
 * included, and one kind of exception out of it.
 */
final class CallGuard implements ExecChainHandler {

	/** Content that has no end by its nature. */
	private static final String[] STREAMS = { "text/event-stream", "application/x-ndjson", "application/ndjson",
			"application/jsonl", "application/json-seq", "multipart/x-mixed-replace" };

	private final BoundedPool pool;

	private final boolean sharesCookies;

	/**
	 * A guard.
	 * @param pool the pool of the client
	 * @param sharesCookies whether the application has given the client a store for
	 * cookies
	 */
	CallGuard(BoundedPool pool, boolean sharesCookies) {
		this.pool = pool;
		this.sharesCookies = sharesCookies;
	}

	@Override
	public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		Lifetime lifetime = Lifetime.current();
		Call call = this.pool.begin(request.getMethod());
		limit(call, lifetime);
		CookieStore own = this.sharesCookies ? null : CookieContext.cookies(scope.clientContext);
		if (own != null) {
			scope.clientContext.setCookieStore(own);
		}
		call.cancelBy((scope.originalRequest instanceof Cancellable cancellable) ? cancellable : null);
		call.route().plan(scope.route);
		EndReason over = lifetime.endReason();
		if (over != null) {
			// nothing starts for nobody
			call.kill(Abort.ofLifetime(call.phase(), over));
		}
		call.endBy(lifetime.onEnd((reason) -> call.kill(Abort.ofLifetime(call.phase(), reason))));
		this.pool.watch(call);
		Call before = CurrentCall.replace(call);
		boolean returned = false;
		try {
			if (call.isCut()) {
				throw new CallCutException();
			}
			ClassicHttpResponse response = chain.proceed(request, scope);
			bound(response, call);
			returned = true;
			call.returned();
			return response;
		}
		catch (IOException | HttpException | RuntimeException ex) {
			scope.execRuntime.discardEndpoint();
			throw FailureReport.of(call, ex);
		}
		catch (Error ex) {
			// the client has asked for the pool to be closed, and was not heard
			scope.execRuntime.discardEndpoint();
			throw ex;
		}
		finally {
			CurrentCall.replace(before);
			if (!returned) {
				call.finish();
			}
		}
	}

	private static void limit(Call call, Lifetime lifetime) {
		CallLimits limits = call.terms().limits();
		Duration limit = limits.call();
		call.limit().set(limit, limits.callIsHard());
		if (lifetime.deadline().isBounded() && lifetime.remaining().compareTo(limit) < 0) {
			// the lifetime ends the call itself; this bounds pauses and shares
			call.limit().borrow(lifetime);
		}
	}

	private static void bound(ClassicHttpResponse response, Call call) {
		HttpEntity entity = response.getEntity();
		if (entity == null) {
			return;
		}
		if (isEventStream(response) && !call.terms().isGiven()) {
			call.limit().stream();
		}
		LimitedEntity.bound(response, entity, call);
	}

	private static boolean isEventStream(ClassicHttpResponse response) {
		Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
		String value = (type != null) ? type.getValue() : null;
		return value != null && isEventStream(value);
	}

	private static boolean isEventStream(String type) {
		for (String stream : STREAMS) {
			if (type.regionMatches(true, 0, stream, 0, stream.length())) {
				return true;
			}
		}
		return false;
	}

}
